package io.cxmetrics.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells in columns that line up. Texts stand left, numbers right. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<String> header;
    private final boolean[] numbers;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * A table without rows.
     *
     * @param texts the headings of the columns with text, which come first
     * @param numbers the headings of the columns with numbers
     */
    TextTable(List<String> texts, List<String> numbers) {
        this.header = new ArrayList<>(texts);
        this.header.addAll(numbers);
        this.numbers = new boolean[header.size()];
        for (int i = texts.size(); i < header.size(); i++) {
            this.numbers[i] = true;
        }
    }

    void add(List<String> cells) {
        rows.add(cells.stream().map(Terminal::printableLine).toList());
    }

    /** The lines, each with an end. */
    String text(String indent) {
        int[] widths = new int[header.size()];
        measure(header, widths);
        rows.forEach(row -> measure(row, widths));
        StringBuilder text = new StringBuilder();
        line(header, widths, indent, text);
        rows.forEach(row -> line(row, widths, indent, text));
        return text.toString();
    }

    private static void measure(List<String> cells, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], width(cells.get(i)));
        }
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private void line(List<String> cells, int[] widths, String indent, StringBuilder text) {
        StringBuilder line = new StringBuilder(indent);
        for (int i = 0; i < widths.length; i++) {
            String blank = " ".repeat(widths[i] - width(cells.get(i)));
            line.append(i == 0 ? "" : GAP).append(numbers[i] ? blank + cells.get(i) : cells.get(i) + blank);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }
}
