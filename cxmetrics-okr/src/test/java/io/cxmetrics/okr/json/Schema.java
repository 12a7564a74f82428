package io.cxmetrics.okr.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.List;
import java.util.Locale;

/** The published schema in the hands of an independent validator. */
public final class Schema {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final SchemaValidatorsConfig CONFIG =
            SchemaValidatorsConfig.builder().locale(Locale.ROOT).build();
    private static final JsonSchema PLAN = FACTORY.getSchema(tree(OkrJson.schema()), CONFIG);

    private Schema() {}

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** What is wrong with a plan by the schema. */
    public static List<String> problems(String plan) {
        return PLAN.validate(tree(plan)).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    /** What is wrong with the schema itself. */
    static List<String> problemsOfTheSchema() {
        JsonSchema meta = FACTORY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"), CONFIG);
        return meta.validate(tree(OkrJson.schema())).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }
}
