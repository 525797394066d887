package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.syntax.Expr;

/** {@code c.send(x, to: r)}, {@code c.recv(from: r)}, {@code c.recv_any()}, {@code c.isend(..)}, {@code c.irecv(..)}, {@code wait(q)}. */
final class Channels {
    private static final Type REQUEST = new Type.Request();

    private final Session s;

    Channels(Session session) {
        this.s = session;
    }

    TExpr call(TExpr channel, Type.Channel type, Expr.Member m, Expr.Call c, Scope scope) {
        return switch (m.name()) {
            case "send" -> send(channel, type, c, scope);
            case "recv" -> recv(channel, type, c, scope);
            case "recv_any" -> recvAny(channel, type, c);
            case "isend" -> isend(channel, type, c, scope);
            case "irecv" -> irecv(channel, type, c, scope);
            default -> unknown(type, m, c, scope);
        };
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

    private TExpr isend(TExpr channel, Type.Channel type, Expr.Call c, Scope scope) {
        var slots = match("c.isend(x, to: rank)", c, "isend", "x", "to");
        Expr.Argument x = slots == null ? null : slots.getFirst();
        Expr.Argument to = slots == null ? null : slots.getLast();
        if (x == null || to == null) {
            s.arguments.checkAll(c.arguments(), scope);
            return new TExpr.Bad(c.span(), REQUEST);
        }
        Type t = type.message();
        TExpr message = s.coercion.to(s.expressions.value(x.value(), scope, t.asValue()), t, "the message");
        TExpr peer = rank(to, scope, "`to`");
        return message.type().isError() || peer.type().isError()
                ? new TExpr.Bad(c.span(), REQUEST)
                : new TExpr.ChannelOp(c.span(), REQUEST, TExpr.ChannelKind.ISEND, channel, message, peer);
    }

    /** The buffer is a place of the message's own type: it is filled, nothing is converted. */
    private TExpr irecv(TExpr channel, Type.Channel type, Expr.Call c, Scope scope) {
        var slots = match("c.irecv(buffer, from: rank)", c, "irecv", "buffer", "from");
        Expr.Argument buffer = slots == null ? null : slots.getFirst();
        Expr.Argument from = slots == null ? null : slots.getLast();
        if (buffer == null || from == null) {
            s.arguments.checkAll(c.arguments(), scope);
            return new TExpr.Bad(c.span(), REQUEST);
        }
        Place place = s.places.place(buffer.value(), scope);
        TExpr peer = rank(from, scope, "`from`");
        if (place == null || peer.type().isError()) {
            return new TExpr.Bad(c.span(), REQUEST);
        }
        if (!place.type().equals(type.message())) {
            return s.bad(c.span(), Diagnostic.error("PEL0226", buffer.span(), "the buffer must be " + Words.a(type.message()) + ", not " + Words.a(place.type()))
                    .under("this is " + Words.a(place.type()))
                    .note("a message is put into the buffer as it is, without conversion"));
        }
        return new TExpr.ChannelOp(c.span(), REQUEST, TExpr.ChannelKind.IRECV, channel, Places.asExpr(place), peer);
    }

    /** {@code wait(q)}, {@code wait_all(q1, q2, list)}. */
    TExpr await(String name, Expr.Call c, Scope scope) {
        List<TExpr> requests = new ArrayList<>();
        boolean bad = false;
        for (Expr.Argument a : c.arguments()) {
            TExpr r = s.expressions.value(a.value(), scope, null);
            boolean many = r.type() instanceof Type.ListOf l && l.element().equals(REQUEST);
            bad |= r.type().isError();
            if (!r.type().isError() && !r.type().equals(REQUEST) && !many) {
                s.report(Diagnostic.error("PEL0201", r.span(), "`" + name + "` waits for requests, not for " + Words.a(r.type()))
                        .under("this is " + Words.a(r.type()))
                        .note("`c.isend(..)` and `c.irecv(..)` give requests"));
                bad = true;
            }
            requests.add(r);
        }
        if (requests.isEmpty() || (name.equals("wait") && requests.size() > 1)) {
            s.report(Diagnostic.error("PEL0209", c.span(), requests.isEmpty() ? "`" + name + "` needs a request" : "`wait` takes one request")
                    .note("`wait(q)` waits for one, `wait_all(q1, q2)` for several, and for all of a list"));
            bad = true;
        }
        return bad ? new TExpr.Bad(c.span(), Scalar.VOID) : new TExpr.IntrinsicCall(c.span(), Scalar.VOID, Intrinsic.WAIT, requests);
    }
}
