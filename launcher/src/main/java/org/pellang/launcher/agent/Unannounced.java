package org.pellang.launcher.agent;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.pellang.launcher.placement.AotCache;

/** Standard error of a JVM that records an AOT cache, without the line by which the JVM announces that: the beginning of a line is held back while it may be that one. */
final class Unannounced extends FilterInputStream {
    private static final byte[] BEGIN = AotCache.ANNOUNCEMENT.getBytes(StandardCharsets.US_ASCII);

    private final byte[] file;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private byte[] ready = {};
    private boolean within;

    Unannounced(InputStream in, String file) {
        super(in);
        this.file = file.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        byte[] buffer = new byte[Frame.PIECE];
        while (ready.length == 0) {
            int n = in.read(buffer);
            if (n < 0) {
                if (line.size() == 0) {
                    return -1;
                }
                ready = line.toByteArray();
                line.reset();
            } else {
                ready = passed(buffer, n);
            }
        }
        int n = Math.min(length, ready.length);
        System.arraycopy(ready, 0, to, offset, n);
        ready = Arrays.copyOfRange(ready, n, ready.length);
        return n;
    }

    private byte[] passed(byte[] bytes, int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            if (within) {
                out.write(bytes[i]);
            } else {
                line.write(bytes[i]);
                byte[] held = line.toByteArray();
                boolean maybe = Arrays.equals(held, 0, Math.min(held.length, BEGIN.length), BEGIN, 0, Math.min(held.length, BEGIN.length));
                if (!maybe || bytes[i] == '\n') {
                    if (!maybe || !contains(held)) {
                        out.writeBytes(held);
                    }
                    line.reset();
                    within = true;
                }
            }
            within &= bytes[i] != '\n';
        }
        return out.toByteArray();
    }

    private boolean contains(byte[] held) {
        for (int i = 0; i + file.length <= held.length; i++) {
            if (Arrays.equals(held, i, i + file.length, file, 0, file.length)) {
                return true;
            }
        }
        return false;
    }
}
