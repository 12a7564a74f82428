package io.cxmetrics.json;

import io.cxmetrics.Kpi;
import io.cxmetrics.bot.BotKpis;
import io.cxmetrics.contact.Abandons;
import io.cxmetrics.contact.ContactKpis;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.survey.SurveyKpis;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields that a definition may name without saying their types. */
final class FieldTypes {
    private final Map<String, Field> fields;

    private FieldTypes(Map<String, Field> fields) {
        this.fields = fields;
    }

    /** The vocabulary of the catalogues, and what nearly every source has. */
    static FieldTypes vocabulary() {
        Map<String, Field> fields = new LinkedHashMap<>();
        for (Kpi<?> kpi : List.of(
                SurveyKpis.nps(),
                SurveyKpis.csat(5),
                SurveyKpis.ces(),
                BotKpis.botExperienceScore(),
                BotKpis.automationRate(),
                BotKpis.containment(),
                ContactKpis.serviceLevel(Duration.ofSeconds(20), Abandons.FAILURES),
                ContactKpis.averageHandleTime())) {
            kpi.fields().forEach(field -> fields.put(field.name(), field));
        }
        for (Kpi<?> kpi : CatalogueTypes.vocabulary()) {
            kpi.fields().forEach(field -> fields.put(field.name(), field));
        }
        CatalogueTypes.moreFields().forEach(field -> fields.put(field.name(), field));
        for (String text : new String[] {"channel", "touchpoint", "customer", "topic"}) {
            fields.put(text, Field.of(text, FieldType.TEXT));
        }
        fields.put("started", Field.of("started", FieldType.INSTANT));
        return new FieldTypes(fields);
    }

    /** These fields and others, which win. */
    FieldTypes with(Collection<Field> more) {
        Map<String, Field> all = new LinkedHashMap<>(fields);
        more.forEach(field -> all.put(field.name(), field));
        return new FieldTypes(all);
    }

    Optional<Field> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    Collection<String> names() {
        return Collections.unmodifiableSet(fields.keySet());
    }
}
