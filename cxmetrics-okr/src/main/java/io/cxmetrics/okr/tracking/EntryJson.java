package io.cxmetrics.okr.tracking;

import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.Problem;
import io.cxmetrics.json.Problems;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An entry as a line of JSON and back. */
final class EntryJson {
    private static final List<String> MEMBERS =
            List.of("keyResult", "date", "value", "confidence", "source", "note", "recorded");
    /** How every line begins that this class writes; so does what a crash left of one. */
    static final String BEGINNING = "{\"keyResult\":";

    private EntryJson() {}

    static String write(CheckIn checkIn, Instant recorded) {
        StringBuilder line = new StringBuilder(BEGINNING);
        quote(line, checkIn.keyResult());
        line.append(",\"date\":\"").append(checkIn.date()).append('"');
        line.append(",\"value\":").append(number(checkIn.value()));
        Double confidence = checkIn.confidence();
        if (confidence != null) {
            line.append(",\"confidence\":").append(number(confidence));
        }
        line.append(",\"source\":");
        quote(line, checkIn.source());
        if (!checkIn.note().isEmpty()) {
            line.append(",\"note\":");
            quote(line, checkIn.note());
        }
        return line.append(",\"recorded\":\"").append(recorded).append("\"}").toString();
    }

    /** The decimal that reads back as the same double; plain where that is short. */
    private static String number(double value) {
        double size = Math.abs(value);
        if (value != 0 && (size < 1e-6 || size >= 1e15)) {
            return Double.toString(value);
        }
        return value == 0
                ? Double.compare(value, 0) == 0 ? "0" : "-0.0"
                : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static void quote(StringBuilder line, String text) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                line.append(c).append(text.charAt(++i));
            } else if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c == '\n') {
                line.append("\\n");
            } else if (c < ' ' || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)) {
                // Half a pair has no UTF-8; the two separators end lines for some readers.
                line.append("\\u").append(hex(c));
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }

    private static String hex(char c) {
        String digits = Integer.toHexString(c);
        return "0".repeat(4 - digits.length()) + digits;
    }

    /**
     * Reads a line.
     *
     * @throws JsonProblemsException with everything that is wrong with it
     */
    static CheckIns.Entry read(String source, long number, String line) {
        try {
            return read(LocatedJson.parse(source, line), number);
        } catch (JsonProblemsException e) {
            throw new JsonProblemsException(e.problems().stream()
                    .map(p -> new Problem(
                            p.source(),
                            (int) Math.min(Integer.MAX_VALUE, number),
                            p.column(),
                            p.pointer(),
                            p.found(),
                            p.expected()))
                    .toList());
        }
    }

    private static CheckIns.Entry read(LocatedJson json, long number) {
        Problems problems = new Problems();
        if (!json.is(LocatedJson.Kind.OBJECT)) {
            problems.add(
                    json,
                    "a check-in such as {\"keyResult\":\"hire-engineers\",\"date\":\"2026-02-14\",\"value\":7,"
                            + "\"source\":\"owner\"}");
            problems.throwIfAny();
        }
        Map<String, LocatedJson> members = json.members();
        members.forEach((name, member) -> {
            if (!MEMBERS.contains(name) && !name.startsWith("x-")) {
                problems.add(
                        member,
                        "an unknown member \"" + name + "\"",
                        "one of " + MEMBERS + DidYouMean.suffix(name, MEMBERS));
            }
        });
        String keyResult = text(problems, json, "keyResult", true);
        LocalDate date = parsed(problems, json, "date", true, LocalDate::parse, "a day such as \"2026-02-14\"");
        Double value = decimal(problems, json, "value", true);
        Double confidence = decimal(problems, json, "confidence", false);
        String source = text(problems, json, "source", true);
        String note = text(problems, json, "note", false);
        Instant recorded = parsed(
                problems, json, "recorded", false, Instant::parse, "an instant such as \"2026-02-14T08:30:00Z\"");
        if (keyResult != null && !keyResult.matches("[a-z0-9-]{1,63}")) {
            problems.add(at(json, "keyResult"), "an id of 1 to 63 lower-case letters, digits and hyphens");
        }
        if (value != null && !Double.isFinite(value)) {
            problems.add(at(json, "value"), "a number of up to 1.8E308");
        }
        if (confidence != null && !(confidence >= 0 && confidence <= 1)) {
            problems.add(at(json, "confidence"), "a number from 0 to 1, such as 0.8 for 80 %");
        }
        if (source != null && source.isBlank()) {
            problems.add(at(json, "source"), "who or what says it, such as \"owner\"");
        }
        problems.throwIfAny();
        if (keyResult == null || date == null || value == null || source == null) {
            throw new AssertionError("a missing member was not reported");
        }
        CheckIn checkIn = new CheckIn(keyResult, date, value, confidence, source, note == null ? "" : note);
        return new CheckIns.Entry(checkIn, recorded == null ? Instant.EPOCH : recorded, number);
    }

    private static LocatedJson at(LocatedJson json, String name) {
        return json.members().getOrDefault(name, json);
    }

    private static @Nullable LocatedJson member(
            Problems problems, LocatedJson json, String name, boolean needed, LocatedJson.Kind kind, String expected) {
        LocatedJson member = json.members().get(name);
        if (member == null) {
            if (needed) {
                problems.add(json, "no member \"" + name + "\"", expected);
            }
            return null;
        } else if (!member.is(kind)) {
            problems.add(member, expected);
            return null;
        }
        return member;
    }

    private static @Nullable String text(Problems problems, LocatedJson json, String name, boolean needed) {
        LocatedJson member = member(problems, json, name, needed, LocatedJson.Kind.TEXT, "a text in quotes");
        return member == null ? null : member.text();
    }

    private static @Nullable Double decimal(Problems problems, LocatedJson json, String name, boolean needed) {
        LocatedJson member = member(problems, json, name, needed, LocatedJson.Kind.NUMBER, "a number");
        return member == null ? null : Double.valueOf(member.text());
    }

    private static <T> @Nullable T parsed(
            Problems problems,
            LocatedJson json,
            String name,
            boolean needed,
            Function<String, T> parser,
            String expected) {
        LocatedJson member = member(problems, json, name, needed, LocatedJson.Kind.TEXT, expected);
        if (member == null) {
            return null;
        }
        try {
            return parser.apply(member.text());
        } catch (DateTimeException e) {
            problems.add(member, expected);
            return null;
        }
    }
}
