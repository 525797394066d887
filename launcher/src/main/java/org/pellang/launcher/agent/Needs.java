package org.pellang.launcher.agent;

import java.util.ArrayList;
import java.util.List;

/**
 * What a job needs on a host.
 *
 * @param folder to run in
 * @param folderRequired refuse if there is no such folder; else the home folder does
 * @param job name that its processes carry, see {@link org.pellang.runtime.bootstrap.Leftovers}
 * @param segments whether JVMs there share memory
 * @param files that must be there, with these contents
 */
public record Needs(String folder, boolean folderRequired, String job, boolean segments, List<Item> files) {
    /**
     * A file.
     *
     * @param path where the launcher has it: where there is a common file system it is there on this host too
     * @param hash SHA-256 in hexadecimal digits; empty for a folder of classes, which has to be there
     */
    public record Item(String path, String hash) {
        boolean isFolder() {
            return hash.isEmpty();
        }
    }

    public Needs {
        files = List.copyOf(files);
    }

    /** As contents of a frame. */
    public byte[] encode() {
        List<String> texts = new ArrayList<>(List.of(folder, "" + folderRequired, job, "" + segments));
        files.forEach(f -> texts.addAll(List.of(f.path(), f.hash())));
        return Texts.encode(texts);
    }

    static Needs decode(byte[] contents) {
        List<String> t = Texts.decode(contents);
        List<Item> files = new ArrayList<>();
        for (int i = 4; i + 1 < t.size(); i += 2) {
            files.add(new Item(t.get(i), t.get(i + 1)));
        }
        return new Needs(t.get(0), Boolean.parseBoolean(t.get(1)), t.get(2), Boolean.parseBoolean(t.get(3)), files);
    }
}
