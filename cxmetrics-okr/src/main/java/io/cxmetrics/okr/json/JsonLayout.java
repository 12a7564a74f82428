package io.cxmetrics.okr.json;

import io.cxmetrics.json.LocatedJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Lays JSON out for people: what fits on a line stands on one. Values are maps, lists, texts, numbers and JSON that was
 * read.
 */
final class JsonLayout {
    private static final int WIDTH = 110;

    private JsonLayout() {}

    static String text(Object value) {
        StringBuilder text = new StringBuilder();
        write(value, "", 0, text);
        return text.append('\n').toString();
    }

    private static void write(Object value, String indent, int before, StringBuilder text) {
        if (value instanceof LocatedJson json) {
            write(plain(json), indent, before, text);
            return;
        }
        String line = line(value);
        boolean fits = !indent.isEmpty() && before + line.length() <= WIDTH && !holdsObjects(value);
        String inner = indent + "  ";
        if (value instanceof Map<?, ?> map && !map.isEmpty() && !fits) {
            String separator = "{\n";
            for (Map.Entry<?, ?> member : map.entrySet()) {
                String name = inner + quote(member.getKey().toString()) + ": ";
                text.append(separator).append(name);
                write(member.getValue(), inner, name.length(), text);
                separator = ",\n";
            }
            text.append('\n').append(indent).append('}');
        } else if (value instanceof List<?> list && !list.isEmpty() && !fits) {
            String separator = "[\n";
            for (Object item : list) {
                text.append(separator).append(inner);
                write(item, inner, inner.length(), text);
                separator = ",\n";
            }
            text.append('\n').append(indent).append(']');
        } else {
            text.append(line);
        }
    }

    /** Lists of objects always have a line for each. */
    private static boolean holdsObjects(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(JsonLayout::holdsObjects);
        }
        return value instanceof LocatedJson json
                ? holdsObjects(plain(json))
                : value instanceof List<?> list
                        && list.stream()
                                .anyMatch(item -> item instanceof Map
                                        || (item instanceof LocatedJson json && json.is(LocatedJson.Kind.OBJECT)));
    }

    private static Object plain(LocatedJson json) {
        return switch (json.kind()) {
            case OBJECT -> json.members();
            case ARRAY -> json.items();
            case TEXT -> json.text();
            default -> new Literal(json.text());
        };
    }

    /** A number, true, false or null as it was written. */
    private record Literal(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    private static String line(Object value) {
        if (value instanceof LocatedJson json) {
            return line(plain(json));
        } else if (value instanceof Map<?, ?> map) {
            List<String> members = new ArrayList<>();
            map.forEach((name, member) -> members.add(quote(name.toString()) + ": " + line(member)));
            return "{" + String.join(", ", members) + "}";
        } else if (value instanceof List<?> list) {
            return "[" + String.join(", ", list.stream().map(JsonLayout::line).toList()) + "]";
        }
        return value instanceof String text ? quote(text) : value.toString();
    }

    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    boolean escaped = c < ' ' || (Character.isSurrogate(c) && isLone(text, i));
                    quoted.append(escaped ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c));
                }
            }
        }
        return quoted.append('"').toString();
    }

    private static boolean isLone(String text, int i) {
        boolean pairsWithNext = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        boolean pairsWithLast = i > 0 && Character.isSurrogatePair(text.charAt(i - 1), text.charAt(i));
        return !pairsWithNext && !pairsWithLast;
    }
}
