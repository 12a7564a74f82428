package io.cxmetrics.okr.json;

import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.json.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values after RFC 4180, strictly: quotes close, every row has the cells of the header. What a spreadsheet
 * would run as a formula is written with an apostrophe before it, which reading takes away.
 */
final class Csv {
    private static final int LARGEST = 10_000_000;
    private static final String FORMULA = "=+-@\t\r'";

    private final String name;
    private final String text;
    private int at;
    private int line = 1;

    /**
     * A row.
     *
     * @param line the line on which it begins
     * @param cells its cells
     */
    record Row(int line, List<String> cells) {}

    private Csv(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /** The rows, the header first. */
    static List<Row> read(String name, String text) {
        Csv csv = new Csv(name, text.startsWith("\uFEFF") ? text.substring(1) : text);
        if (text.length() > LARGEST) {
            throw csv.wrong("a text of " + text.length() + " characters", "at most " + LARGEST);
        }
        List<Row> rows = new ArrayList<>();
        while (csv.at < csv.text.length()) {
            Row row = csv.row();
            if (!rows.isEmpty() && row.cells().size() != rows.get(0).cells().size()) {
                csv.line = row.line();
                throw csv.wrong(
                        row.cells().size() + " cells",
                        rows.get(0).cells().size() + ", as the header has; cells with a comma stand in quotes");
            }
            rows.add(row);
        }
        if (rows.isEmpty()) {
            throw csv.wrong("an empty file", "a header and a row for each part");
        }
        return rows;
    }

    private JsonProblemsException wrong(String found, String expected) {
        return new JsonProblemsException(List.of(new Problem(name, line, 1, "", found, expected)));
    }

    private Row row() {
        int begin = line;
        List<String> cells = new ArrayList<>();
        while (true) {
            cells.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
            if (at < text.length() && text.charAt(at) == ',') {
                at++;
                continue;
            }
            if (at < text.length()) {
                at += text.startsWith("\r\n", at) ? 2 : 1;
                line++;
            }
            return new Row(begin, cells);
        }
    }

    private String plain() {
        int from = at;
        while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            if (text.charAt(at) == '"') {
                throw wrong("a quote within a cell", "the whole cell in quotes, and quotes in it twice");
            }
            at++;
        }
        return harmful(text.substring(from, at));
    }

    private String quoted() {
        StringBuilder cell = new StringBuilder();
        int begin = line;
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '"') {
                line += c == '\n' ? 1 : 0;
                cell.append(c);
            } else if (at < text.length() && text.charAt(at) == '"') {
                cell.append('"');
                at++;
            } else {
                boolean ends = at == text.length() || ",\n\r".indexOf(text.charAt(at)) >= 0;
                if (!ends) {
                    throw wrong("text after a quoted cell", "a comma or the end of the row");
                }
                return harmful(cell.toString());
            }
        }
        line = begin;
        throw wrong("a quote that does not close", "a quote at the end of the cell");
    }

    private static String harmful(String cell) {
        boolean marked = cell.length() > 1 && cell.charAt(0) == '\'' && FORMULA.indexOf(cell.charAt(1)) >= 0;
        return marked ? cell.substring(1) : cell;
    }

    static void write(List<String> cells, StringBuilder text) {
        String separator = "";
        for (String cell : cells) {
            boolean formula = !cell.isEmpty()
                    && FORMULA.indexOf(cell.charAt(0)) >= 0
                    && !cell.matches("-?[0-9]{1,300}(\\.[0-9]{1,300})?( ?%)?");
            String safe = formula ? "'" + cell : cell;
            boolean quote = safe.chars().anyMatch(c -> ",\"\n\r".indexOf(c) >= 0);
            text.append(separator).append(quote ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe);
            separator = ",";
        }
        text.append("\r\n");
    }
}
