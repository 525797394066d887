package org.pellang.compiler.sema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.syntax.Expr;

/** {@code c.send(x, to: r)}, {@code c.recv(from: r)}, {@code c.recv_any()}. */
final class Channels {
    private final Session s;

    Channels(Session session) {
        this.s = session;
    }

    TExpr call(TExpr channel, Type.Channel type, Expr.Member m, Expr.Call c, Scope scope) {
        return switch (m.name()) {
            case "send" -> send(channel, type, c, scope);
            case "recv" -> recv(channel, type, c, scope);
            case "recv_any" -> recvAny(channel, type, c);
            case "isend", "irecv" -> notYet(m, c, scope);
            default -> unknown(type, m, c, scope);
        };
    }

    private TExpr notYet(Expr.Member m, Expr.Call c, Scope scope) {
        s.notYet(m.nameSpan(), "requests (`" + m.name() + "`)");
        s.arguments.checkAll(c.arguments(), scope);
        return Session.bad(c.span());
    }

    private TExpr unknown(Type type, Expr.Member m, Expr.Call c, Scope scope) {
        s.arguments.checkAll(c.arguments(), scope);
        return s.bad(c.span(), Members.unknown(type, m));
    }

    private @Nullable List<Expr.@Nullable Argument> match(String signature, Expr.Call c, String name, String... params) {
        return s.arguments.match(Arguments.Target.of(name, signature, params), c.arguments(), c.span());
    }

    private TExpr send(TExpr channel, Type.Channel type, Expr.Call c, Scope scope) {
        var slots = match("c.send(x, to: rank)", c, "send", "x", "to");
        Expr.Argument x = slots == null ? null : slots.getFirst();
        Expr.Argument to = slots == null ? null : slots.getLast();
        if (x == null || to == null) {
            s.arguments.checkAll(c.arguments(), scope);
            return new TExpr.Bad(c.span(), Scalar.VOID);
        }
        Type t = type.message();
        TExpr message = s.coercion.to(s.expressions.value(x.value(), scope, t.asValue()), t, "the message");
        TExpr peer = rank(to, scope, "`to`");
        return message.type().isError() || peer.type().isError()
                ? new TExpr.Bad(c.span(), Scalar.VOID)
                : new TExpr.ChannelOp(c.span(), Scalar.VOID, TExpr.ChannelKind.SEND, channel, message, peer);
    }

    private TExpr rank(Expr.Argument a, Scope scope, String what) {
        return s.coercion.to(s.expressions.value(a.value(), scope, Scalar.INT), Scalar.INT, what);
    }

    private TExpr recv(TExpr channel, Type.Channel type, Expr.Call c, Scope scope) {
        var slots = match("c.recv(from: rank)", c, "recv", "from");
        Expr.Argument from = slots == null ? null : slots.getFirst();
        if (from == null) {
            s.arguments.checkAll(c.arguments(), scope);
            return new TExpr.Bad(c.span(), type.message().asValue());
        }
        TExpr peer = rank(from, scope, "`from`");
        return peer.type().isError()
                ? new TExpr.Bad(c.span(), type.message().asValue())
                : new TExpr.ChannelOp(c.span(), type.message().asValue(), TExpr.ChannelKind.RECV, channel, null, peer);
    }

    private TExpr recvAny(TExpr channel, Type.Channel type, Expr.Call c) {
        Type result = new Type.Tuple(List.of(type.message().asValue(), Scalar.INT));
        return match("c.recv_any()", c, "recv_any") == null
                ? new TExpr.Bad(c.span(), result)
                : new TExpr.ChannelOp(c.span(), result, TExpr.ChannelKind.RECV_ANY, channel, null, null);
    }
}
