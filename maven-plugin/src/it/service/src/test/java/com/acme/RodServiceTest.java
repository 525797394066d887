package com.acme;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class RodServiceTest {
    @Test
    void theNumberOfRanksDoesNotMatter() {
        double[] cold = new double[5000];
        double[] one = new RodService(1, 0.2).after(cold, 40);
        assertTrue(one[1] > one[2] && one[2] > 0.0);
        assertArrayEquals(one, new RodService(2, 0.2).after(cold, 40));
        assertArrayEquals(one, new RodService(3, 0.2).after(cold, 40));
        assertArrayEquals(new double[5000], cold);
    }

    @Test
    void failuresAreExceptions() {
        assertEquals(1, new RodService(2, 0.2).hottest(new double[] {1, 3, 2}));
        assertEquals(-1, new RodService(2, 0.2).hottest(new double[0]));
    }
}
