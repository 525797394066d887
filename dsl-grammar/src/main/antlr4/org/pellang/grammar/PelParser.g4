// Grammar of PEL, the whole language of docs/language/reference.md. LL(k) with small k: alternatives are left-factored, so
// that prediction stays linear in the length of the text.
parser grammar PelParser;

options { tokenVocab = PelLexer; }

program: (MODULE qname SEMI?)? (item SEMI?)* EOF;

item: useDecl | externDecl | recordDecl | opDecl | fnDecl | testDecl | stmt;

useDecl: USE qname (COMMA qname)*;
externDecl: EXTERN JAVA string LBRACE (externFn SEMI?)* RBRACE;
externFn: PURE? FN id LPAREN params? RPAREN (ARROW type)?;
recordDecl: RECORD id LBRACE (field (COMMA | SEMI)?)* RBRACE;
field: id (COMMA id)* COLON type;
opDecl: OP id LPAREN params RPAREN (ARROW type)? (IDENTITY expr)? fnBody;
fnDecl: FN id LPAREN params? RPAREN (ARROW type)? fnBody;
fnBody: block | ASSIGN expr;
params: param (COMMA param)* COMMA?;                                // lists in brackets may end with a comma
param: MUT? id (COLON type)? (ASSIGN expr)?;
testDecl: TEST string (RANKS expr (COMMA expr)*)? block;

type
    : LBRACK expr (COMMA expr)* RBRACK type                     # arrayType
    | MAP type ARROW type                                       # mapType
    | LIST type                                                 # listType
    | FN LPAREN (type (COMMA type)*)? RPAREN (ARROW type)?      # fnType
    | LPAREN type (COMMA type)+ RPAREN                          # tupleType
    | CHANNEL type                                              # channelType
    | {_input.LT(1).getText().equals("future")}? id type        # futureType     // `future` is no keyword
    | qname                                                     # namedType
    ;

block: LBRACE ((stmt | nested) SEMI?)* RBRACE;
nested: {_input.LT(1).getCharPositionInLine() > 0}? (fnDecl | opDecl | recordDecl);     // for a message that says what to write instead

stmt
    : configDecl
    | domainDecl
    | channelDecl
    | varDecl
    | forallStmt
    | wavefrontStmt
    | forStmt
    | whileStmt
    | ifStmt
    | syncStmt
    | epochStmt
    | onStmt
    | spawnStmt
    | assertStmt
    | breakStmt
    | continueStmt
    | returnStmt
    | placeStmt
    ;

configDecl: CONFIG id (COLON type)? ASSIGN expr;
domainDecl: DOMAIN id LBRACK expr (COMMA expr)* RBRACK (DIST dist)? PERIODIC?;
channelDecl: CHANNEL id COLON type;
varDecl: (LET | SHARED? VAR) binder (COLON type)? (DIST dist)? (ASSIGN expr)?;
binder: id (COMMA id)* | LPAREN id (COMMA id)+ RPAREN;
forallStmt: FORALL index IN space loopClause* block;
wavefrontStmt: WAVEFRONT index IN space loopClause* block;
loopClause: IF expr | REDUCE acc (COMMA acc)* | ON expr;               // in this order, each once: said by a message
forStmt: FOR index IN expr checkpoint? block;
whileStmt: WHILE expr checkpoint? block;
ifStmt: IF expr block (ELSE (ifStmt | block))?;
syncStmt: SYNC block;
epochStmt: EPOCH block;
onStmt: ON expr block;
spawnStmt: SPAWN postfix;
assertStmt: ASSERT expr (COMMA expr)?;
breakStmt: BREAK;
continueStmt: CONTINUE;
returnStmt: RETURN expr?;
placeStmt: place (assignOp expr | (COMMA place)+ ASSIGN expr (COMMA expr)* | SWAP place)?;

checkpoint: CHECKPOINT EVERY expr;
acc: id id;
index: id | LPAREN id (COMMA id)+ RPAREN;
space: expr (DIST dist)?;
dist: distKind | LPAREN distDim (COMMA distDim)+ RPAREN;
distDim: distKind | STAR;
distKind: id (LPAREN expr RPAREN)?;
assignOp
    : ASSIGN | PLUS_ASSIGN | MINUS_ASSIGN | TIMES_ASSIGN | DIV_ASSIGN | FLOOR_ASSIGN | MOD_ASSIGN | POW_ASSIGN
    | SHL_ASSIGN | SHR_ASSIGN | USHR_ASSIGN | AND_ASSIGN | OR_ASSIGN | XOR_ASSIGN | MIN_ASSIGN | MAX_ASSIGN | REDUCE_ASSIGN
    ;

expr
    : IF expr THEN expr ELSE expr               # conditional
    | SPAWN postfix                             # spawnExpr
    | SCAN postfix                              # scanExpr
    | FN LPAREN params? RPAREN ASSIGN expr      # lambda
    | orExpr                                    # plainExpr
    ;
orExpr: andExpr (OR andExpr)*;
andExpr: notExpr (AND notExpr)*;
notExpr: NOT notExpr | comparison;
comparison: rangeExpr ((EQ | NE | LT | LE | GT | GE) rangeExpr)*;   // a chain is refused by the builder with a message
rangeExpr: bitOr ((RANGE | RANGE_OPEN) bitOr)? (BY bitOr)?;
bitOr: bitXor (BAR bitXor)*;
bitXor: bitAnd (CARET bitAnd)*;
bitAnd: shift (AMP shift)*;
shift: sum ((SHL | SHR | USHR) sum)*;
sum: product ((PLUS | MINUS) product)*;
product: unary ((STAR | SLASH | FLOORDIV | PERCENT) unary)*;
unary: (MINUS | TILDE) unary | power;
power: postfix (POW unary)?;

place: id suffix*;
postfix: primary suffix*;
suffix
    : DOT (id | DOMAIN)                         # member
    | LBRACK sub (COMMA sub)* RBRACK            # subscript
    | LPAREN args? RPAREN                       # call
    | AT (id | INT | LPAREN expr RPAREN)        # atRank
    ;
sub: RANGE | expr;
args: arg (compTail | (COMMA arg)* COMMA?);
arg: (label COLON)? expr;
label
    : id | AND | ASSERT | BREAK | CHANNEL | CHECKPOINT | CONFIG | CONTINUE | DIST | DOMAIN | ELSE | EPOCH | EXTERN | FALSE | FN
    | FOR | FORALL | IF | IN | LET | MODULE | MUT | NOT | ON | OP | OR | PERIODIC | RECORD | RETURN | SCAN | SHARED | SPAWN
    | SYNC | THEN | TRUE | USE | VAR | WAVEFRONT | WHILE
    ;
compTail: (FOR | FORALL) index IN space compClause*;
compClause: LET binder ASSIGN expr | IF expr;                          // lets first, one if
primary
    : INT                                       # intLit
    | FLOAT                                     # floatLit
    | IMAG                                      # imagLit
    | string                                    # stringLit
    | TRUE                                      # trueLit
    | FALSE                                     # falseLit
    | id                                        # name
    | LPAREN expr ((COMMA expr)+ COMMA?)? RPAREN         # parens
    | LBRACK (expr (compTail | (COMMA expr)* COMMA?))? RBRACK # arrayLit
    ;
string: STR_OPEN stringPart* STR_CLOSE;
stringPart
    : STR_TEXT | STR_ESCAPE | STR_LBRACE | STR_RBRACE
    | INTERP_OPEN expr (SPEC_COLON specPart*)? INTERP_CLOSE
    ;
specPart: SPEC_TEXT | INTERP_OPEN expr INTERP_CLOSE;                // "{x:{width}.{digits}f}"

qname: id (DOT id)*;
id: ID | BY | EVERY | IDENTITY | JAVA | LIST | MAP | PURE | RANKS | REDUCE | TEST;   // soft keywords
