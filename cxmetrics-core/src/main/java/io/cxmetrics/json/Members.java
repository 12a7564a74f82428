package io.cxmetrics.json;

import io.cxmetrics.field.DidYouMean;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the members of one JSON object by name and notes every problem: a wrong kind, a missing member, and at the
 * {@linkplain #end() end} every member that nobody asked for. Mutable, for one thread.
 *
 * @since 0.1
 */
public final class Members {
    private final LocatedJson object;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * The members of a value; if it is not an object, that is a problem, and it has no members.
     *
     * @param object the value
     * @param problems where problems are noted
     */
    public Members(LocatedJson object, Problems problems) {
        this.object = object;
        this.problems = problems;
        if (!object.is(LocatedJson.Kind.OBJECT)) {
            problems.add(object, "an object");
        }
    }

    /**
     * The object itself.
     *
     * @return the value that these are the members of
     */
    public LocatedJson object() {
        return object;
    }

    /**
     * Where problems are noted.
     *
     * @return the problems
     */
    public Problems problems() {
        return problems;
    }

    /**
     * A member that may be absent.
     *
     * @param name the name
     * @return the member, if it is there
     */
    public Optional<LocatedJson> optional(String name) {
        known.add(name);
        return Optional.ofNullable(object.members().get(name));
    }

    /**
     * A member that must be there; its absence is noted.
     *
     * @param name the name
     * @param expected what it should be, for the message
     * @return the member, if it is there
     */
    public Optional<LocatedJson> required(String name, String expected) {
        Optional<LocatedJson> member = optional(name);
        if (member.isEmpty() && object.is(LocatedJson.Kind.OBJECT)) {
            Set<String> unread = new LinkedHashSet<>(object.members().keySet());
            unread.removeAll(known);
            problems.add(
                    object,
                    "no member \"" + name + "\"" + (unread.isEmpty() ? "" : " (it has " + unread + ")"),
                    "\"" + name + "\": " + expected);
        }
        return member;
    }

    /**
     * A text that may be absent; another kind is noted.
     *
     * @param name the name
     * @return the text, if it is there
     */
    public Optional<String> text(String name) {
        return optional(name).flatMap(this::asText);
    }

    /**
     * A text that must be there.
     *
     * @param name the name
     * @param expected what it should be, for the message
     * @return the text, if it is there
     */
    public Optional<String> requiredText(String name, String expected) {
        return required(name, expected).flatMap(this::asText);
    }

    private Optional<String> asText(LocatedJson member) {
        if (member.is(LocatedJson.Kind.TEXT)) {
            return Optional.of(member.text());
        }
        problems.add(member, "a text in quotes");
        return Optional.empty();
    }

    /**
     * A list of texts that may be absent; other kinds are noted.
     *
     * @param name the name
     * @return the texts, if the member is there
     */
    public Optional<List<String>> texts(String name) {
        return optional(name).map(member -> {
            if (!member.is(LocatedJson.Kind.ARRAY)) {
                problems.add(member, "an array of texts");
            }
            return member.items().stream()
                    .flatMap(item -> asText(item).stream())
                    .toList();
        });
    }

    /**
     * A whole number that may be absent; anything else is noted.
     *
     * @param name the name
     * @return the number, if it is there
     */
    public Optional<Integer> whole(String name) {
        return optional(name).flatMap(this::asWhole);
    }

    /**
     * A value as a whole number; anything else is noted.
     *
     * @param value the value
     * @return the number
     */
    public Optional<Integer> asWhole(LocatedJson value) {
        if (value.is(LocatedJson.Kind.NUMBER)) {
            try {
                return Optional.of(value.number().intValueExact());
            } catch (ArithmeticException e) {
                // Noted below like every other value that is not a whole number.
            }
        }
        problems.add(value, "a whole number");
        return Optional.empty();
    }

    /**
     * A number that may be absent; another kind is noted.
     *
     * @param name the name
     * @return the number, if it is there
     */
    public Optional<BigDecimal> number(String name) {
        return optional(name).flatMap(member -> {
            if (member.is(LocatedJson.Kind.NUMBER)) {
                return Optional.of(member.number());
            }
            problems.add(member, "a number");
            return Optional.empty();
        });
    }

    /**
     * A boolean that may be absent; another kind is noted.
     *
     * @param name the name
     * @return the boolean, if it is there
     */
    public Optional<Boolean> bool(String name) {
        return optional(name).flatMap(member -> {
            if (member.is(LocatedJson.Kind.BOOLEAN)) {
                return Optional.of(Boolean.valueOf(member.text()));
            }
            problems.add(member, "true or false");
            return Optional.empty();
        });
    }

    /**
     * A text with a meaning, such as a date; one without is noted.
     *
     * @param <T> the type of the meaning
     * @param member the value
     * @param expected what the text should be
     * @param parser gives the meaning or throws a RuntimeException
     * @return the meaning
     */
    public <T> Optional<T> parsed(LocatedJson member, String expected, Function<String, T> parser) {
        return parsed(member, problems, expected, parser);
    }

    static <T> Optional<T> parsed(LocatedJson member, Problems problems, String expected, Function<String, T> parser) {
        if (!member.is(LocatedJson.Kind.TEXT)) {
            problems.add(member, expected);
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(member.text()));
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            problems.add(member, expected);
            return Optional.empty();
        }
    }

    /**
     * One of a few words; another is noted with the nearest.
     *
     * @param member the value
     * @param words the words
     * @return the word
     */
    public Optional<String> word(LocatedJson member, String... words) {
        return word(member, problems, words);
    }

    static Optional<String> word(LocatedJson member, Problems problems, String... words) {
        if (member.is(LocatedJson.Kind.TEXT) && List.of(words).contains(member.text())) {
            return Optional.of(member.text());
        }
        String near = member.is(LocatedJson.Kind.TEXT) ? DidYouMean.suffix(member.text(), Arrays.asList(words)) : "";
        problems.add(member, "one of " + String.join(", ", words) + near);
        return Optional.empty();
    }

    /** Notes every member that was not asked for, except those whose names begin with {@code x-}. */
    public void end() {
        object.members().forEach((name, member) -> {
            if (!known.contains(name) && !name.toLowerCase(Locale.ROOT).startsWith("x-")) {
                problems.add(
                        member,
                        "an unknown member \"" + name + "\"",
                        "one of " + known + DidYouMean.suffix(name, known));
            }
        });
    }
}
