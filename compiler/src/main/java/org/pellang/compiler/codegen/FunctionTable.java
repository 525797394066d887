package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pellang.compiler.ir.Trees;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.Var;

/** The program's functions as Java methods: their names, and which of them can be static because they touch neither globals nor the rank. */
public final class FunctionTable {
    private final List<TFunction> functions;
    private final List<String> names = new ArrayList<>();
    private final boolean[] instance;
    private final boolean[] divided;

    FunctionTable(TypedProgram program, Names members, Set<Var> constants) {
        this.functions = program.functions();
        for (TFunction f : functions) {
            String base = f.name().replaceAll("[^A-Za-z0-9_]", "");
            names.add(members.fresh(base.isEmpty() || Character.isDigit(base.charAt(0)) ? "lambda" + base : base));
        }
        this.instance = new boolean[functions.size()];
        this.divided = new boolean[functions.size()];
        List<Set<Integer>> callees = new ArrayList<>();
        for (TFunction f : functions) {
            Set<Integer> calls = new HashSet<>();
            callees.add(calls);
            instance[f.id()] = needsProgram(f.body().statements(), constants, calls);
            divided[f.id()] = f.body().statements().stream().anyMatch(FunctionTable::divides);
        }
        spread(instance, callees);
        spread(divided, callees);
    }

    /** Whoever calls a marked function is marked too. */
    private static void spread(boolean[] marks, List<Set<Integer>> callees) {
        for (boolean changed = true; changed; ) {
            changed = false;
            for (int k = 0; k < marks.length; k++) {
                if (!marks[k] && callees.get(k).stream().anyMatch(c -> marks[c])) {
                    marks[k] = true;
                    changed = true;
                }
            }
        }
    }

    private static boolean divides(TStmt root) {
        boolean[] found = {false};
        Trees.walkStatements(root, s -> found[0] |= s instanceof TStmt.Forall);
        Trees.walk(root, e -> found[0] |= e instanceof TExpr.Reduce r && r.iteration().parallel() || e instanceof TExpr.Collective);
        return found[0];
    }

    /** Whether statements, or the functions that they mention, print. */
    boolean prints(List<TStmt> body) {
        Set<Integer> reached = new HashSet<>();
        return prints(body, reached);
    }

    private boolean prints(List<TStmt> body, Set<Integer> reached) {
        boolean[] found = {false};
        for (TStmt s : body) {
            Trees.walk(s, e -> found[0] |= switch (e) {
                case TExpr.IntrinsicCall c -> c.intrinsic() == Intrinsic.PRINT || c.intrinsic() == Intrinsic.PRINTALL;
                case TExpr.Call c -> reached.add(c.function()) && prints(functions.get(c.function()).body().statements(), reached);
                case TExpr.CallValue _ -> functions.stream().anyMatch(f -> reached.add(f.id()) && prints(f.body().statements(), reached));
                default -> false;
            });
        }
        return found[0];
    }

    /** Whether a statement contains a divided construct or a collective, or calls a function that does. */
    boolean reachesDivision(TStmt root) {
        boolean[] found = {divides(root)};
        Trees.walk(root, e -> found[0] |= e instanceof TExpr.Call c && divided[c.function()]);
        return found[0];
    }

    /** The declaration of a function. */
    public TFunction get(int id) {
        return functions.get(id);
    }

    /** Its Java name. */
    public String name(int id) {
        return names.get(id);
    }

    /** Whether it is a static method. */
    public boolean isStatic(int id) {
        return !instance[id];
    }

    /** Whether a mut parameter is passed as an array of one element, which the caller reads back. */
    public static boolean byHolder(Var parameter) {
        return parameter.kind() == Var.Kind.MUT_PARAM
                && !(parameter.type() instanceof Type.Array || parameter.type() instanceof Type.ListOf
                        || parameter.type() instanceof Type.MapOf);
    }

    /** Whether statements use globals, the rank or anything collective; collects the functions that they mention. */
    static boolean needsProgram(List<TStmt> body, Set<Var> constants, Set<Integer> calls) {
        boolean[] found = {false};
        for (TStmt s : body) {
            Trees.walk(s, e -> found[0] |= touchesProgram(e, constants, calls));
            Trees.walkStatements(s, inner -> found[0] |= touchesProgram(inner, calls));
        }
        return found[0];
    }

    private static boolean touchesProgram(TStmt s, Set<Integer> calls) {
        return switch (s) {
            case TStmt.Assign a -> distant(a.place());
            case TStmt.Update u -> distant(u.place());
            case TStmt.MultiAssign m -> m.places().stream().anyMatch(FunctionTable::distant);
            case TStmt.Swap w -> distant(w.left()) || distant(w.right());
            case TStmt.Forall f -> {
                f.reductions().forEach(r -> mention(r.op(), calls));
                yield true;
            }
            case TStmt.On _, TStmt.Epoch _, TStmt.Sync _, TStmt.RemoteStore _ -> true;
            case TStmt.Declare _, TStmt.DeclareTuple _, TStmt.Do _, TStmt.For _, TStmt.While _, TStmt.If _ -> false;
            case TStmt.Checkpointed _ -> true;
            case TStmt.Break _, TStmt.Continue _, TStmt.Return _, TStmt.Assert _ -> false;
        };
    }

    private static boolean distant(Place place) {
        return place.root().kind().global() || isSpread(place.root().type());
    }

    private static boolean isSpread(Type type) {
        return type instanceof Type.Array a && !a.distribution().isLocal() || type instanceof Type.MapOf m && m.distributed();
    }

    private static void mention(ReduceOp op, Set<Integer> calls) {
        if (op instanceof ReduceOp.User u) {
            calls.add(u.function());
        }
    }

    private static boolean touchesProgram(TExpr e, Set<Var> constants, Set<Integer> calls) {
        return switch (e) {
            case TExpr.Read r -> r.variable().kind().global() && !constants.contains(r.variable());
            case TExpr.Call c -> calls.add(c.function()) && false;
            case TExpr.FunctionValue v -> calls.add(v.function()) && false;
            case TExpr.ExternCall x -> x.function().collective();
            case TExpr.IntrinsicCall i -> needsRank(i.intrinsic());
            case TExpr.Element x -> isSpread(x.array().type());
            case TExpr.Compare x -> isSpread(x.left().type());
            case TExpr.MapNew x -> isSpread(x.type());
            case TExpr.DomainNew d -> d.type() instanceof Type.Domain t && !t.distribution().isLocal();
            case TExpr.Reduce r -> {
                mention(r.op(), calls);
                yield r.iteration().parallel();
            }
            case TExpr.Scan s -> {
                mention(s.op(), calls);
                yield true;
            }
            case TExpr.ArrayComprehension c -> c.iteration().parallel();
            case TExpr.Collective _, TExpr.ChannelOp _, TExpr.RemoteRead _, TExpr.Spawn _ -> true;
            case TExpr.Constant _, TExpr.ComplexConstant _, TExpr.Interpolation _, TExpr.Unary _, TExpr.Binary _ -> false;
            case TExpr.Logical _, TExpr.Convert _, TExpr.Conditional _, TExpr.TupleNew _, TExpr.RecordNew _ -> false;
            case TExpr.ArrayNew _, TExpr.ArrayFill _, TExpr.ListNew _, TExpr.Slice _, TExpr.Component _ -> false;
            case TExpr.CallValue _, TExpr.Range _, TExpr.Bad _ -> false;
        };
    }

    /** Whether it asks for the rank, or does something that belongs to it. */
    static boolean needsRank(Intrinsic intrinsic) {
        return switch (intrinsic) {
            case RANK, SIZE, HOST, THREADS, CLOCK, LOCAL_CLOCK, PRINT, PRINTALL, NOTE, ABORT -> true;
            case REPLICATE, REDISTRIBUTE, SAVE, LOAD, LINES, CHANNEL, PLOT_IMAGE, PLOT_LINE, WORLD, SPLIT -> true;
            case SHOW, FORMAT, LEN, DOMAIN_OF, DOMAINS_OF, INNER, FROM, AXIS, STRIDE, COPY, FILL, MIN, MAX, CLAMP, ABS -> false;
            case SIGN, SPLAT, PUSH, POP, ZIP, ENUMERATE, REVERSED, SORTED, ARGSORT, DISTINCT, SORT, MERGE -> false;
            case SPLIT_AT, SEARCH, TO_LIST, LOWEST, UNIQUE, SHUFFLED, IN_SHUFFLE, INSPECT, WAIT, AWAIT, SHAPED, HAS, REMOVE, TOP, ENTRIES -> false;
        };
    }
}
