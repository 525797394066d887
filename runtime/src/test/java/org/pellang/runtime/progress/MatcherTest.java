package org.pellang.runtime.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.pellang.runtime.Comm;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.transport.Parcel;
import org.pellang.runtime.transport.local.LocalFabric;

/** What the queues of receives and of unexpected messages cost and keep. */
class MatcherTest {
    private static Parcel parcel(int tag, long value) {
        return new Parcel(1, 0, tag, tag % 2 == 0 ? 0 : tag, Kind.LONG, 1, new long[] {value}, 0, false);
    }

    private static long value(Matcher.Arrival arrival) {
        return ((long[]) arrival.parcel.contents())[0];
    }

    @Test
    void anOldMessageThatNobodyReceivesDoesNotKeepTheOthers() {
        Unexpected queue = new Unexpected(0, 1);
        queue.pack(parcel(7, 70), 0);
        for (int i = 1; i <= 100_000; i++) {
            queue.pack(parcel(8, i), i);
            assertThat(value(Objects.requireNonNull(queue.find(8, true)))).isEqualTo(i);
            assertThat(queue.words()).isLessThan(2_000);
        }
        assertThat(value(Objects.requireNonNull(queue.find(7, true)))).isEqualTo(70);
        assertThat(queue.words()).isZero();
    }

    /** Packed ones, kept ones and promises come out as from a list. */
    @Test
    void orderAndContentsOutliveTheBurialOfTheDead() {
        SplittableRandom random = new SplittableRandom(5);
        Unexpected queue = new Unexpected(0, 1);
        List<Parcel> all = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            if (all.size() < 300 && random.nextInt(2) == 0) {
                Parcel next = parcel(random.nextInt(6), i);
                all.add(next);
                switch (random.nextInt(3)) {
                    case 0 -> queue.add(new Matcher.Arrival(next, i));
                    case 1 -> queue.pack(next, i);
                    default -> {
                        next.promise = i;
                        queue.promise(next, i);
                    }
                }
            } else {
                int tag = random.nextInt(5) == 0 ? Comm.ANY_TAG : random.nextInt(6);
                Parcel expected = all.stream().filter(p -> tag == Comm.ANY_TAG || p.tag == tag).findFirst().orElse(null);
                Matcher.Arrival found = queue.find(tag, true);
                if (expected == null) {
                    assertThat(found).isNull();
                } else {
                    all.remove(expected);
                    Parcel got = Objects.requireNonNull(found).parcel;
                    assertThat(got.tag).isEqualTo(expected.tag);
                    assertThat(got.guard).isEqualTo(expected.guard);
                    assertThat(got.promise).isEqualTo(expected.promise);
                    assertThat(got.promise >= 0 || value(found) == ((long[]) expected.contents())[0]).isTrue();
                }
            }
        }
        List<Integer> tags = new ArrayList<>();
        queue.forEach(arrival -> tags.add(arrival.parcel.tag));
        assertThat(tags).isEqualTo(all.stream().map(p -> p.tag).toList());
    }

    /** As one list of all receives in post order. */
    @Test
    void receivesAreMatchedInPostOrder() {
        SplittableRandom random = new SplittableRandom(6);
        Posted posted = new Posted();
        List<Receive> all = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            int source = random.nextInt(7);
            int context = random.nextInt(3) + i / 10_000;
            int tag = random.nextInt(3);
            if (all.size() < 60 && random.nextInt(2) == 0) {
                Receive receive = receive(random.nextInt(4) == 0 ? Comm.ANY_SOURCE : source, context, random.nextInt(4) == 0 ? Comm.ANY_TAG : tag);
                posted.add(receive);
                all.add(receive);
            } else if (!all.isEmpty() && random.nextInt(5) == 0) {
                Receive cancelled = all.remove(random.nextInt(all.size()));
                assertThat(posted.cancel(cancelled)).isTrue();
                assertThat(posted.cancel(cancelled)).isFalse();
            } else {
                Receive expected = all.stream().filter(r -> r.context == context && (r.source == source || r.source == Comm.ANY_SOURCE)
                        && (r.tag == tag || r.tag == Comm.ANY_TAG)).findFirst().orElse(null);
                assertThat(posted.match(source, context, tag)).isSameAs(expected);
                all.remove(expected);
            }
        }
    }

    /** Communicators come and go: their queues serve others. */
    @Test
    void queuesAreNotMadeForEachCommunicator() {
        Posted posted = new Posted();
        for (int context = 0; context < 10_000; context++) {
            for (int source = 0; source < 3; source++) {
                posted.add(receive(source, context, 1));
                posted.add(receive(source, context + 1, 1));
                assertThat(posted.match(source, context, 1)).isNotNull();
                assertThat(posted.match(source, context + 1, 1)).isNotNull();
            }
        }
        assertThat(posted.queues()).isEqualTo(6);
    }

    private final Endpoint endpoint = new Endpoint(new LocalFabric(1).transport(0), Patience.of(true));

    private Receive receive(int source, int context, int tag) {
        return new Receive(endpoint, "recv", source, context, tag, 0, Kind.BYTE, null, 0, 0, false);
    }
}
