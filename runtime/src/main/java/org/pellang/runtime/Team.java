package org.pellang.runtime;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A PEL {@code team}: some ranks, in an order of their own. Inside {@code on t} the team's {@link Rank} takes the place of the one of
 * all ranks, so everything collective is the team's. What its ranks print is kept until the {@code on} ends, and then comes out team by
 * team, the one with the lowest rank of the world first.
 */
public final class Team {
    /** The color of ranks that join no team ({@code none}). */
    public static final long NONE = Long.MIN_VALUE;

    private final @Nullable Rank rank;
    private final @Nullable Team parent;

    private Team(@Nullable Rank rank, @Nullable Team parent) {
        this.rank = rank;
        this.parent = parent;
    }

    /** Ranks of a split team. */
    private Team(Rank of, Comm comm, Team parent) {
        this.rank = of.on(comm, this);
        this.parent = parent;
    }

    /** The team of all ranks. */
    static Team world(Rank rank) {
        return new Team(rank, null);
    }

    /** The team that all others were split from. */
    Team root() {
        Team t = this;
        while (t.parent != null) {
            t = t.parent;
        }
        return t;
    }

    /** Collective over this team: ranks of one color together, ordered by key, then by rank. @param current the rank that runs this code */
    public Team split(Rank current, Site site, long color, long key) {
        Rank mine = member(current);
        if (color < 0 && color != NONE) {
            throw new PelTrap("a color is 0 or more, or `none`, not " + color);
        }
        Comm comm = mine.world();
        long[] all = new long[2 * comm.size()];
        comm.allgather(site, new long[] {color, key}, 0, 2, all, 0);
        int group = -1;
        int place = 0;
        for (int r = comm.size() - 1; color != NONE && r >= 0; r--) {
            if (all[2 * r] == color) {
                group = r;
                boolean before = all[2 * r + 1] < key || (all[2 * r + 1] == key && r < comm.rank());
                place += before ? 1 : 0;
            }
        }
        Comm part = comm.split(group, place);
        return part == null ? new Team(null, this) : new Team(mine, part, this);
    }

    /** This rank as one of the team, for a collective in the code of {@code current}. Traps outside of the team. */
    public Rank member(Rank current) {
        usable(current);
        if (rank == null) {
            throw new PelTrap("this rank is not in the team");
        }
        return rank;
    }

    /** This rank as one of the team for the body of {@code on}; null if it is not in the team and skips it. */
    public @Nullable Rank enter(Rank current) {
        usable(current);
        return rank;
    }

    private void usable(Rank current) {
        Comm running = current.world();
        for (Team t = this; t != null; t = t.parent) {
            if (t.rank != null && t.rank.world() == running) {
                return;
            }
        }
        throw new PelTrap("wrong team: inside `on t` only t and teams split from it may be used");
    }

    /** Collective over the ranks around the {@code on}: prints what the teams have printed in it. */
    public void leave(Rank around, Site site) {
        byte[] mine = {};
        if (rank != null && rank.rank() == 0) {
            mine = encode(rank.world().group().worldRanks(), rank.takeLines());
        }
        List<ByteBuffer> teams = new ArrayList<>();
        for (byte[] team : around.world().gatherBytes(site, mine, 0)) {
            if (team.length > 0) {
                teams.add(ByteBuffer.wrap(team));
            }
        }
        teams.sort(Comparator.comparingInt(t -> t.getInt(0)));
        for (ByteBuffer team : teams) {
            team.getInt();
            while (team.hasRemaining()) {
                byte[] line = new byte[team.getInt()];
                team.get(line);
                around.print(new String(line, StandardCharsets.UTF_8));
            }
        }
    }

    /** After a failure in the body: nobody will come to {@link #leave}, so the lines come out as they are. */
    public void failed() {
        if (rank != null) {
            rank.takeLines().forEach(rank::note);
        }
    }

    /** Lowest rank of the world, then each line with its length. */
    private static byte[] encode(int[] worldRanks, List<String> lines) {
        List<byte[]> texts = lines.stream().map(l -> l.getBytes(StandardCharsets.UTF_8)).toList();
        int bytes = Integer.BYTES + texts.stream().mapToInt(t -> Integer.BYTES + t.length).sum();
        ByteBuffer out = ByteBuffer.allocate(bytes);
        int lowest = Integer.MAX_VALUE;
        for (int r : worldRanks) {
            lowest = Math.min(lowest, r);
        }
        out.putInt(lowest);
        texts.forEach(t -> out.putInt(t.length).put(t));
        return out.array();
    }
}
