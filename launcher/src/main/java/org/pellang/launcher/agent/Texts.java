package org.pellang.launcher.agent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lists of texts as contents of a frame: each as its length in bytes and UTF-8. Nothing in them has a meaning for anybody on the way. */
public final class Texts {
    private Texts() {}

    /** As bytes. */
    public static byte[] encode(List<String> texts) {
        List<byte[]> all = texts.stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
        ByteBuffer out = ByteBuffer.allocate(all.stream().mapToInt(b -> b.length + Integer.BYTES).sum());
        all.forEach(b -> out.putInt(b.length).put(b));
        return out.array();
    }

    /** One text. */
    public static byte[] encode(String text) {
        return encode(List.of(text));
    }

    /** From bytes. @throws IllegalArgumentException if they are no such list */
    public static List<String> decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<String> texts = new ArrayList<>();
        while (in.hasRemaining()) {
            int length = in.remaining() < Integer.BYTES ? -1 : in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw new IllegalArgumentException("a list of texts that is cut off");
            }
            texts.add(new String(bytes, in.position(), length, StandardCharsets.UTF_8));
            in.position(in.position() + length);
        }
        return texts;
    }
}
