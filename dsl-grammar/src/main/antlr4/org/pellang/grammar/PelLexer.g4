// Tokens of PEL. Newlines carry no meaning. Interpolated strings nest: "{show("x")}" is lexed with modes, and a
// stack of bracket depths tells where an interpolation ends and where its format specification begins.
lexer grammar PelLexer;

tokens { INTERP_CLOSE, SPEC_COLON, BROKEN_STRING }

@members {
  /** Open brackets inside each interpolation that is being lexed, innermost on top. */
  private final java.util.ArrayDeque<Integer> depths = new java.util.ArrayDeque<>();

  /** Whether each of these interpolations stands in a specification: {x:{w}}. */
  private final java.util.ArrayDeque<Boolean> inSpec = new java.util.ArrayDeque<>();

  private void enter(boolean spec) { depths.push(0); inSpec.push(spec); }

  private void leave() { depths.pop(); inSpec.pop(); }

  private void open() { if (!depths.isEmpty()) { depths.push(depths.pop() + 1); } }

  private void close() { if (!depths.isEmpty()) { depths.push(Math.max(0, depths.pop() - 1)); } }

  private boolean atInterpolationLevel() { return !depths.isEmpty() && depths.peek() == 0; }

  private void closeBrace() {
    if (atInterpolationLevel()) { leave(); setType(INTERP_CLOSE); popMode(); } else { close(); }
  }

  private void colon() {
    if (atInterpolationLevel() && !inSpec.peek()) { setType(SPEC_COLON); mode(SPEC); }
  }

  /** A string ends where its line ends: all interpolations that are open are given up. */
  private void breakString() {
    setType(BROKEN_STRING);
    while (!depths.isEmpty()) {
      if (!inSpec.peek()) { popMode(); }
      leave();
      popMode();
    }
  }

  private void newline() { if (depths.isEmpty()) { skip(); } else { breakString(); } }

  @Override
  public void reset() { super.reset(); if (depths != null) { depths.clear(); inSpec.clear(); } }
}

AND: 'and'; ASSERT: 'assert'; BREAK: 'break'; CHANNEL: 'channel'; CHECKPOINT: 'checkpoint'; CONFIG: 'config';
CONTINUE: 'continue'; DIST: 'dist'; DOMAIN: 'domain'; ELSE: 'else'; EPOCH: 'epoch'; EXTERN: 'extern'; FALSE: 'false';
FN: 'fn'; FOR: 'for'; FORALL: 'forall'; IF: 'if'; IN: 'in'; LET: 'let'; MODULE: 'module'; MUT: 'mut'; NOT: 'not';
ON: 'on'; OP: 'op'; OR: 'or'; PERIODIC: 'periodic'; RECORD: 'record'; RETURN: 'return'; SCAN: 'scan'; SHARED: 'shared';
SPAWN: 'spawn'; SYNC: 'sync'; THEN: 'then'; TRUE: 'true'; USE: 'use'; VAR: 'var'; WAVEFRONT: 'wavefront'; WHILE: 'while';

BY: 'by'; EVERY: 'every'; IDENTITY: 'identity'; JAVA: 'java'; LIST: 'list'; MAP: 'map'; PURE: 'pure'; RANKS: 'ranks';
REDUCE: 'reduce'; TEST: 'test';

MIN_ASSIGN: 'min=' {_input.LA(1) != '='}?;
MAX_ASSIGN: 'max=' {_input.LA(1) != '='}?;
REDUCE_ASSIGN: 'reduce=' {_input.LA(1) != '='}?;

SWAP: '<=>'; SHL_ASSIGN: '<<='; SHR_ASSIGN: '>>='; USHR_ASSIGN: '>>>='; POW_ASSIGN: '**='; FLOOR_ASSIGN: '//='; RANGE_OPEN: '..<';
USHR: '>>>'; SHL: '<<'; SHR: '>>'; POW: '**'; FLOORDIV: '//'; RANGE: '..'; ARROW: '->';
EQ: '=='; NE: '!='; LE: '<='; GE: '>='; PLUS_ASSIGN: '+='; MINUS_ASSIGN: '-='; TIMES_ASSIGN: '*='; DIV_ASSIGN: '/=';
MOD_ASSIGN: '%='; AND_ASSIGN: '&='; OR_ASSIGN: '|='; XOR_ASSIGN: '^=';
LT: '<'; GT: '>'; ASSIGN: '='; PLUS: '+'; MINUS: '-'; STAR: '*'; SLASH: '/'; PERCENT: '%'; AMP: '&'; BAR: '|';
CARET: '^'; TILDE: '~'; AT: '@'; COMMA: ','; DOT: '.'; SEMI: ';';
COLON: ':' { colon(); };
LPAREN: '(' { open(); };
RPAREN: ')' { close(); };
LBRACK: '[' { open(); };
RBRACK: ']' { close(); };
LBRACE: '{' { open(); };
RBRACE: '}' { closeBrace(); };

INT: [0-9] [0-9_]* | '0' [xX] [0-9a-fA-F] [0-9a-fA-F_]*;
FLOAT: [0-9] [0-9_]* '.' [0-9] [0-9_]* ([eE] [+-]? [0-9]+)? | [0-9] [0-9_]* [eE] [+-]? [0-9]+;
IMAG: [0-9] [0-9_]* ('.' [0-9] [0-9_]*)? ([eE] [+-]? [0-9]+)? 'i';
ID: [a-zA-Z_] [a-zA-Z_0-9]*;
STR_OPEN: '"' -> pushMode(STR);

DOC: '##' ~[\r\n]* -> channel(HIDDEN);
COMMENT: '#' ~[\r\n]* -> channel(HIDDEN);
NEWLINE: [\r\n]+ { newline(); };
WS: [ \t\uFEFF]+ -> skip;
FOREIGN: '&&' | '||' | '!' | '++' | '\'' ~['"\r\n]* '\'';      // habits of other languages, answered with a hint
UNKNOWN: .;

mode STR;
STR_CLOSE: '"' -> popMode;
STR_ESCAPE: '\\' ~[\r\n] | '\\u{' ~[{}"\r\n]* '}';
STR_LBRACE: '{{';
STR_RBRACE: '}}';
INTERP_OPEN: '{' { enter(false); } -> pushMode(DEFAULT_MODE);
STR_LONE_RBRACE: '}';
STR_TEXT: ~["\\{}\r\n]+;
STR_EOL: [\r\n] { popMode(); breakString(); };
STR_BACKSLASH: '\\';

mode SPEC;
SPEC_TEXT: ~[{}"\r\n]+;
SPEC_OPEN: '{' { enter(true); } -> type(INTERP_OPEN), pushMode(DEFAULT_MODE);
SPEC_CLOSE: '}' { leave(); } -> type(INTERP_CLOSE), popMode;
SPEC_QUOTE: '"' { leave(); } -> popMode, popMode;
SPEC_EOL: [\r\n] { breakString(); };
