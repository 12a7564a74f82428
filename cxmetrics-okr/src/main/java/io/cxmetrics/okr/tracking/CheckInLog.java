package io.cxmetrics.okr.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * Where check-ins are kept: nothing is ever changed in it, only added.
 *
 * <p><b>One check-in for each key result, day and source.</b> Adding the same again adds nothing; adding another value corrects
 * the earlier one, which stays in the history. The last one added counts, whatever the clocks say.
 *
 * <pre>{@code
 * CheckInLog log = CheckInLog.file(Path.of("check-ins.jsonl"));
 * log.append(CheckIn.of("hire-engineers", LocalDate.of(2026, 2, 14), 7).withConfidence(0.8));
 * List<CheckIn> now = log.read().latest();
 * }</pre>
 *
 * <p>Keep your own, in a database for instance, by implementing the two methods.
 *
 * @since 0.1
 */
public interface CheckInLog {
    /**
     * Adds check-ins, all or none as far as the caller is told. When this returns, they are kept: a crash of the process or of
     * the machine does not lose them. When it throws, none of them counts as kept, though some may be found later, as if they
     * had been added; adding all of them again is safe.
     *
     * @param checkIns the check-ins, in the order in which they count
     * @return how many were added; the others were there already
     * @throws IOException if they could not be kept, such as on a full disk
     * @throws IllegalArgumentException if one is too large to be kept
     */
    int append(List<CheckIn> checkIns) throws IOException;

    /**
     * Adds a check-in.
     *
     * @param checkIn the check-in
     * @return true if it was added, false if it was there already
     * @throws IOException if it could not be kept, such as on a full disk
     * @throws IllegalArgumentException if it is too large to be kept
     */
    default boolean append(CheckIn checkIn) throws IOException {
        return append(List.of(checkIn)) == 1;
    }

    /**
     * Everything in the log, and what in it could not be understood.
     *
     * @return the entries and the problems; none if nothing was ever added
     * @throws IOException if the log cannot be read
     */
    CheckIns read() throws IOException;

    /**
     * A log in a file of JSON Lines: one entry a line, UTF-8, readable and mergeable by people. The file comes into being with
     * the first entry.
     *
     * <p><b>Safe.</b> Every entry is forced to the disk before it is acknowledged, and so is the name of a new file where the
     * system can. Threads and processes take turns by a lock of the file, so any number may write; on a network drive that
     * holds only as far as its locks do. A line that a crash cut off was never acknowledged: it is reported until the next
     * {@code append} removes it. Everything else that is no entry stays where it is and is reported with its line.
     *
     * <p><b>Edit by hand</b> only while nobody writes.
     *
     * <p><b>Cost:</b> an {@code append} is one write and one forced flush, and reads the file again if someone else changed
     * it. A line has up to 64 KiB; a longer one is a problem, and is not held in memory. Thread-safe.
     *
     * @param file the file, such as {@code check-ins.jsonl}, in a folder that exists
     * @return the log
     */
    static CheckInLog file(Path file) {
        return file(file, Clock.systemUTC());
    }

    /**
     * A log in a file, with another clock for when an entry is added.
     *
     * @param file the file
     * @param clock the clock
     * @return the log
     * @see #file(Path)
     */
    static CheckInLog file(Path file, Clock clock) {
        return new FileCheckInLog(file, clock, FileCheckInLog.Opening.SYSTEM);
    }
}
