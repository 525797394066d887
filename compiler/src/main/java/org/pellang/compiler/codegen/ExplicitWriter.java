package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.source.Span;

/** Writes channels, requests, teams and tasks of the explicit level; one-sided access has {@link WindowWriter}. */
final class ExplicitWriter {
    private final ExpressionWriter writer;
    private final Scope scope;
    private final JavaUnit unit;

    ExplicitWriter(ExpressionWriter writer) {
        this.writer = writer;
        this.scope = writer.scope();
        this.unit = scope.unit();
    }

    JavaExpr channel(TExpr.ChannelOp c, JavaBody out) {
        if (c.kind() == TExpr.ChannelKind.IRECV) {
            return irecv(c, out);
        }
        List<TExpr> operands = new ArrayList<>(List.of(c.channel()));
        if (c.message() != null) {
            operands.add(c.message());
        }
        if (c.peer() != null) {
            operands.add(c.peer());
        }
        List<JavaExpr> v = writer.values(operands, out);
        JavaExpr channel = v.getFirst();
        return switch (c.kind()) {
            case SEND -> ExplicitApi.SEND.on(channel, scope.rank(), v.get(1), v.get(2));
            case ISEND -> ExplicitApi.ISEND.on(channel, scope.rank(), v.get(1), v.get(2));
            case RECV -> unit.types().unbox(c.type(), ExplicitApi.RECV.on(channel, scope.rank(), v.get(1)));
            case RECV_ANY -> {
                String type = unit.use(RuntimeApi.CHANNEL) + ".Message<Object>";
                JavaExpr message = scope.spill(ExplicitApi.RECV_ANY.on(channel, scope.rank()), type, "message", out);
                JavaExpr value = unit.types().unbox(Column.components(c.type()).getFirst(), JavaExpr.primary(message + ".value()"));
                yield unit.types().construct(c.type(), List.of(value, JavaExpr.primary(message + ".from()")));
            }
            case IRECV -> throw new CompilerBug("irecv");
        };
    }

    /** The buffer's subscripts are evaluated now, its elements stored when the request is waited for. */
    private JavaExpr irecv(TExpr.ChannelOp c, JavaBody out) {
        if (c.message() == null || c.peer() == null) {
            throw new CompilerBug("irecv without buffer");
        }
        JavaExpr channel = scope.keep(writer.value(c.channel(), out), c.channel().type(), "channel", out);
        Place place = place(c.message());
        Target buffer = writer.target(place, out);
        JavaExpr peer = scope.keep(writer.value(c.peer(), out), Type.Scalar.INT, "peer", out);
        String message = scope.names().fresh("message");
        String into = scope.names().fresh("into");
        JavaBody store = out.sketch();
        buffer.write(unit.types().unbox(place.type(), JavaExpr.primary(message)), store);
        out.open("final " + unit.use(ExplicitApi.CONSUMER) + "<Object> " + into + " = " + message + " -> {").add(store).close("};");
        return ExplicitApi.IRECV.on(channel, scope.rank(), peer, JavaExpr.stable(into));
    }

    private static Place place(TExpr e) {
        return switch (e) {
            case TExpr.Read r -> new Place.Variable(r.span(), r.variable().type(), r.variable());
            case TExpr.Element x -> new Place.Element(x.span(), element(x.array().type(), x.type()), place(x.array()), x.subscripts());
            case TExpr.Slice s -> new Place.Slice(s.span(), s.type(), place(s.array()), s.subscripts());
            case TExpr.Component c -> {
                Place whole = place(c.value());
                yield new Place.Component(c.span(), Column.components(whole.type()).get(c.index()), whole, c.index(), c.name());
            }
            default -> throw new CompilerBug("a buffer that is no place: " + e.span());
        };
    }

    private static Type element(Type container, Type otherwise) {
        return container instanceof Type.Array a ? a.element() : container instanceof Type.ListOf l ? l.element() : otherwise;
    }

    /** {@code wait(q)}, {@code wait_all(q, list)}. */
    JavaExpr await(TExpr.IntrinsicCall c, List<JavaExpr> requests, JavaBody out) {
        for (int k = 0; k < requests.size(); k++) {
            boolean many = c.arguments().get(k).type() instanceof Type.ListOf;
            out.line((many ? ExplicitApi.AWAIT_ALL.call(unit, requests.get(k)) : ExplicitApi.AWAIT_REQUEST.on(requests.get(k))) + ";");
        }
        return JavaExpr.stable("");
    }

    JavaExpr world() {
        return ExplicitApi.EVERYBODY.on(scope.rank());
    }

    JavaExpr split(TExpr.IntrinsicCall c, List<JavaExpr> v) {
        return ExplicitApi.SPLIT.on(v.get(0), scope.rank(), unit.site(c.span(), "split"), v.get(1), v.get(2));
    }

    /** {@code rank()} and {@code size()}, perhaps of a team. */
    JavaExpr number(List<JavaExpr> team, String method) {
        JavaExpr rank = team.isEmpty() ? scope.rank() : ExplicitApi.MEMBER.on(team.getFirst(), scope.rank());
        return new JavaExpr("(long) " + rank + "." + method + "()", JavaExpr.UNARY, team.isEmpty());
    }

    /** The rank through which a collective runs. */
    JavaExpr member(TExpr team, JavaBody out) {
        JavaExpr t = writer.value(team, out);
        return scope.spill(ExplicitApi.MEMBER.on(t, scope.rank()), unit.use(RuntimeApi.RANK), "member", out);
    }

    /** Inside, the team's rank takes the place of this one. */
    void on(TStmt.On o, StatementWriter statements, JavaBody out) {
        JavaExpr team = scope.spill(writer.value(o.team(), out), unit.use(ExplicitApi.TEAM), "team", out);
        String rankType = unit.use(RuntimeApi.RANK);
        String around = scope.names().fresh("around");
        String member = scope.names().fresh("member");
        String failure = scope.names().fresh("failure");
        out.line("final " + rankType + " " + around + " = " + scope.rank() + ";");
        out.line("final " + rankType + " " + member + " = " + ExplicitApi.ENTER.on(team, JavaExpr.stable(around)) + ";");
        out.open("if (" + member + " != null) {");
        out.line(scope.rank() + " = " + member + ";");
        out.open("try {");
        statements.block(o.body(), out);
        out.at(o.span()).between("} catch (Throwable " + failure + ") {");
        out.line(ExplicitApi.FAILED.on(team) + ";").line("throw " + failure + ";");
        out.between("} finally {").line(scope.rank() + " = " + around + ";").close();
        out.close();
        if (unit.functions().prints(o.body().statements())) {
            out.line(ExplicitApi.LEAVE.on(team, JavaExpr.stable(around), unit.site(o.span(), "end of on")) + ";");
        }
    }

    /** Arguments are evaluated and copied now: what the spawning code does with its variables afterwards is its own matter. */
    JavaExpr spawn(TExpr.Spawn s, JavaBody out) {
        List<JavaExpr> arguments = new ArrayList<>();
        for (TExpr a : s.call().arguments()) {
            JavaExpr value = writer.owned(a, out);
            arguments.add(scope.spill(value, unit.types().of(a.type()), "arg", out));
        }
        List<JavaExpr> all = new ArrayList<>();
        all.add(unit.tasks().kind(s.call()));
        all.add(JavaExpr.stable(scope.self().isEmpty() ? "this" : scope.self().substring(0, scope.self().length() - 1)));
        all.addAll(arguments);
        RuntimeMethod method = unit.tasks().byAllRanks(s) ? ExplicitApi.SPAWN_FOR_ALL : ExplicitApi.SPAWN;
        return method.on(ExplicitApi.TASKS.on(scope.rank()), all.toArray(JavaExpr[]::new));
    }

    JavaExpr taskValue(TExpr.IntrinsicCall c, JavaExpr task) {
        JavaExpr value = ExplicitApi.TASK_VALUE.on(task);
        return c.type() == Type.Scalar.VOID ? value : unit.types().unbox(c.type(), value);
    }

    void sync(TStmt.Sync s, StatementWriter statements, JavaBody out) {
        JavaExpr group = scope.spill(ExplicitApi.OPEN_GROUP.on(ExplicitApi.TASKS.on(scope.rank())), unit.use(ExplicitApi.TASK_GROUP), "tasks", out);
        out.open("{");
        statements.block(s.body(), out);
        out.close();
        out.at(s.span()).line(ExplicitApi.CLOSE_GROUP.on(group) + ";");
    }

    void epoch(TStmt.Epoch e, StatementWriter statements, JavaBody out) {
        JavaExpr site = unit.site(e.span(), "epoch");
        out.line(ExplicitApi.OPEN_EPOCH.call(unit, scope.rank(), site) + ";");
        out.open("{");
        statements.block(e.body(), out);
        out.close();
        Span span = e.span();
        String touched = WindowWriter.stored(e).stream().map(v -> ", " + scope.self() + unit.globals().name(v)).collect(Collectors.joining());
        out.at(span).line(unit.use(ExplicitApi.SHARED_ARRAY) + ".close(" + scope.rank() + ", " + site + touched + ");");
    }
}
