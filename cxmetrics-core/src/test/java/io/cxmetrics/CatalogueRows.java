package io.cxmetrics;

import io.cxmetrics.field.ColumnMapping;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Format;
import io.cxmetrics.field.Row;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows with a value of each kind, missing and bad ones too, in every field that a KPI of the catalogue reads. */
public final class CatalogueRows {
    private static final Map<String, Field> FIELDS = new LinkedHashMap<>();
    private static final ColumnMapping MAPPING = mapping();

    private CatalogueRows() {}

    private static ColumnMapping mapping() {
        ColumnMapping mapping = ColumnMapping.named("events").missing("", "NA");
        List<Field> fields = new ArrayList<>(List.of(
                Field.of("channel", FieldType.TEXT),
                Field.of("at", FieldType.INSTANT),
                Field.of("day", FieldType.DATE),
                Field.of("real", FieldType.NUMBER)));
        Catalogue.list().forEach(kpi -> fields.addAll(kpi.fields()));
        for (Field field : fields) {
            if (FIELDS.putIfAbsent(field.name(), field) == null) {
                mapping = mapping.with(field.name(), field.name(), format(field));
            }
        }
        return mapping;
    }

    private static Format format(Field field) {
        return switch (field.type()) {
            case FLAG -> new Format.FlagWords(Set.of("yes"), Set.of("no"));
            case DURATION -> new Format.DurationIn(ChronoUnit.SECONDS);
            default -> Format.standard(field);
        };
    }

    /** How the rows supply the fields, and {@code channel}, {@code at}, {@code day} and {@code real}. */
    public static Fields<Row> fields() {
        return MAPPING.fields(List.copyOf(FIELDS.keySet()));
    }

    /** Rows that are the same for the same seed, on all platforms. */
    public static List<Row> rows(long seed, int n) {
        return rows(seed, 0, n);
    }

    /** Rows whose lines begin after a number. */
    public static List<Row> rows(long seed, int after, int n) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i <= n; i++) {
            @Nullable String[] cells = new String[FIELDS.size()];
            int at = 0;
            for (Field field : FIELDS.values()) {
                cells[at++] = cell(field.type(), random);
            }
            rows.add(new Row("events.csv", after + i, cells));
        }
        return rows;
    }

    private static @Nullable String cell(FieldType type, Random random) {
        int kind = random.nextInt(12);
        if (kind == 0) {
            return random.nextBoolean() ? "" : "NA";
        }
        return switch (type) {
            case WHOLE -> kind == 1 ? "eleven" : Integer.toString(random.nextInt(13) - 1);
            case FLAG -> kind == 1 ? "maybe" : random.nextInt(3) > 0 ? "yes" : "no";
            case DURATION -> kind == 1 ? "soon" : random.nextInt(3_000) + "." + random.nextInt(1_000);
            case NUMBER ->
                kind == 1
                        ? "1e999"
                        : random.nextInt(2_000) - 1_000 + "." + random.nextInt(100) + "e" + random.nextInt(9);
            case MONEY -> kind == 1 ? "12,60" : random.nextInt(40) + "." + random.nextInt(10);
            case INSTANT ->
                kind == 1 ? "yesterday" : "2026-0" + (1 + random.nextInt(9)) + "-1" + random.nextInt(10) + "T09:30:00Z";
            case DATE -> kind == 1 ? "2026-02-30" : "1969-12-" + (10 + random.nextInt(22));
            case TEXT -> List.of("phone", "chat", "ä€𝄞", " ").get(random.nextInt(4));
        };
    }
}
