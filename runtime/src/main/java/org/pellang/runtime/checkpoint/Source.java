package org.pellang.runtime.checkpoint;

import java.io.IOException;
import org.pellang.runtime.array.PelArray;

/** Where a state is restored from: the files of a checkpoint, or the copies that ranks have in memory. */
sealed interface Source permits Reader, Copies {
    /** What it consists of. */
    Manifest manifest();

    /** Fills this rank's part of an array. Collective. */
    void read(Manifest.Stored stored, PelArray array) throws IOException;
}
