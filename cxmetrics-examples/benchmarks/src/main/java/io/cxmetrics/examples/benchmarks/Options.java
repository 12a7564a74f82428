package io.cxmetrics.examples.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * How a contest is run.
 *
 * @param rows how many contacts
 * @param rounds how many rounds are measured; each has every peer once
 * @param warmups how many rounds before are not
 * @param threads of peers that use several
 * @param shuffled whether contacts come in random order
 * @param polluted whether other scorecards ran before in the same process
 * @param markdown whether the result is a Markdown table
 * @param seed of the contacts
 */
record Options(
        long rows,
        int rounds,
        int warmups,
        int threads,
        boolean shuffled,
        boolean polluted,
        boolean markdown,
        long seed) {
    static final Options DEFAULT = new Options(1_000_000, 9, 6, 1, false, false, false, 20_250_101);

    /** What users may write. */
    static final String USAGE =
            "[--rows N] [--rounds N] [--warmups N] [--threads N] [--seed N] [--shuffled] [--polluted] [--markdown]";

    Contacts contacts() {
        return new Contacts(rows, seed, shuffled);
    }

    /** Reads arguments such as {@code --rows 1000000 --shuffled}. */
    static Options parse(List<String> arguments) {
        Options options = DEFAULT;
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i);
            switch (name) {
                case "--shuffled" -> options = options.with(name, 1);
                case "--polluted" -> options = options.with(name, 1);
                case "--markdown" -> options = options.with(name, 1);
                default -> {
                    i++;
                    options = options.with(name, i < arguments.size() ? number(name, arguments.get(i)) : 0);
                }
            }
        }
        return options;
    }

    private static long number(String name, String text) {
        try {
            return Long.parseLong(text.replace("_", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " \"" + text + "\": expected a whole number", e);
        }
    }

    Options with(String name, long value) {
        if (value < 1 && !name.equals("--seed")) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s: expected a number of at least 1, found %d", name, value));
        }
        int small = (int) Math.min(Integer.MAX_VALUE, value);
        return switch (name) {
            case "--rows" -> new Options(value, rounds, warmups, threads, shuffled, polluted, markdown, seed);
            case "--rounds" -> new Options(rows, small, warmups, threads, shuffled, polluted, markdown, seed);
            case "--warmups" -> new Options(rows, rounds, small, threads, shuffled, polluted, markdown, seed);
            case "--threads" -> new Options(rows, rounds, warmups, small, shuffled, polluted, markdown, seed);
            case "--shuffled" -> new Options(rows, rounds, warmups, threads, true, polluted, markdown, seed);
            case "--polluted" -> new Options(rows, rounds, warmups, threads, shuffled, true, markdown, seed);
            case "--markdown" -> new Options(rows, rounds, warmups, threads, shuffled, polluted, true, seed);
            case "--seed" -> new Options(rows, rounds, warmups, threads, shuffled, polluted, markdown, value);
            default -> throw new IllegalArgumentException("unknown option \"" + name + "\"; expected some of " + USAGE);
        };
    }
}
