package dev.kilonode.simulator.scenario;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON schema of scenario files, generated from the records, for completion and validation in editors. */
public final class ScenarioSchema {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ScenarioSchema() {}

    /** Draft-07, as text with a final newline: the content of {@code docs/scenario.schema.json}. */
    public static String text() {
        try {
            return MAPPER.writeValueAsString(generate()).replace("\r\n", "\n") + "\n";
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode generate() {
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_7, OptionPreset.PLAIN_JSON)
                .with(Option.INLINE_ALL_SCHEMAS, Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT)
                .with(Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES);
        config.forFields().withPropertyNameOverrideResolver(ScenarioSchema::key);
        config.forTypesInGeneral()
                .withCustomDefinitionProvider(ScenarioSchema::scalar)
                .withPropertySorter((unusedOne, unusedOther) -> 0);
        ObjectNode schema = new SchemaGenerator(config.build()).generateSchema(Scenario.class);
        ObjectNode head = MAPPER.createObjectNode();
        head.set("$schema", schema.remove("$schema"));
        head.put("title", "Kilonode scenario");
        head.setAll(schema);
        describe(head, Scenario.class, null);
        ObjectNode extended = head.withObjectProperty("properties").putObject("extends");
        extended.put("type", "string")
                .put(
                        "description",
                        "a scenario file, relative to this one, that this one extends: values here override those"
                                + " there");
        ObjectNode costs = (ObjectNode) head.path("properties").path("costs").path("properties");
        costs.putObject(CostsFile.FROM)
                .put("type", "string")
                .put("description", "a costs file, relative to this one; values here override those there");
        notes(head);
        required(head, ScenarioLoader.builtIn());
        return head;
    }

    private static @Nullable String key(FieldScope field) {
        return component(field).map(Keys::of).orElse(null);
    }

    /** Adds the description of each key, and the two types that are wider in a file than in the record. */
    private static void describe(JsonNode section, Class<?> type, @Nullable Range ofSection) {
        for (RecordComponent component : Keys.components(type)) {
            ObjectNode property = (ObjectNode) section.path("properties").path(Keys.of(component));
            property.put("description", component.getAnnotation(Setting.class).value());
            Range own = component.getAnnotation(Range.class);
            Range range = own == null ? ofSection : own;
            if (range != null) bound(property, component, range);
            if (type == Check.class && component.getName().equals("limit")) {
                property.putArray("type").add("string").add("number");
            }
            if (type == Check.class && component.getName().equals("over")) {
                property.put("pattern", "^(run|trend|phase .+|window [0-9].*)$");
            }
            if (type == Check.class && component.getName().equals("where")) {
                property.withObjectProperty("additionalProperties")
                        .putArray("type")
                        .add("string")
                        .add("number");
            }
            Class<?> below = Keys.elementOf(component.getGenericType());
            boolean list = component.getType() == List.class;
            if (Keys.isSection(below)) describe(list ? property.path("items") : property, below, list ? null : range);
        }
    }

    /** Adds the bounds: as numbers if the value is one, otherwise to the description. */
    private static void bound(ObjectNode property, RecordComponent component, Range range) {
        Class<?> type = component.getType();
        if (type == List.class) {
            property.put("minItems", Integer.parseInt(range.min())).put("maxItems", Integer.parseInt(range.max()));
        } else if (type == String.class) {
            property.put("minLength", Integer.parseInt(range.min())).put("maxLength", Integer.parseInt(range.max()));
        } else if (type == int.class || type == long.class) {
            property.put("minimum", Long.parseLong(range.min())).put("maximum", Long.parseLong(range.max()));
        } else if (type == double.class) {
            property.put("minimum", Double.parseDouble(range.min())).put("maximum", Double.parseDouble(range.max()));
        } else {
            String described = property.path("description").asText();
            boolean ofMany = type == java.util.Map.class || Keys.isSection(type);
            boolean texts = Keys.elementOf(component.getGenericType()) == String.class;
            property.put(
                    "description",
                    described + "; " + (ofMany ? "each " : "") + range.min() + " to " + range.max()
                            + (texts ? " characters" : ""));
        }
    }

    private static java.util.Optional<RecordComponent> component(FieldScope field) {
        // list items and map values come here as fields too, but have no key of their own
        if (field.isFakeContainerItemScope()) return java.util.Optional.empty();
        RecordComponent[] components = field.getDeclaringType().getErasedType().getRecordComponents();
        if (components == null) return java.util.Optional.empty();
        return Arrays.stream(components)
                .filter(component -> component.getName().equals(field.getDeclaredName()))
                .findFirst();
    }

    private static @Nullable CustomDefinition scalar(ResolvedType type, SchemaGenerationContext context) {
        Class<?> erased = type.getErasedType();
        if (erased == Fault.class) return fault(context);
        if (erased.isRecord() && !Units.isUnit(erased)
                || java.util.Map.class.isAssignableFrom(erased)
                || java.util.Collection.class.isAssignableFrom(erased)) {
            return null;
        }
        ObjectNode node = context.getGeneratorConfig().createObjectNode();
        if (erased.isEnum()) {
            ArrayNode choices = node.put("type", "string").putArray("enum");
            for (Object constant : erased.getEnumConstants()) choices.add(Keys.of((Enum<?>) constant));
        } else if (erased == boolean.class) {
            node.put("type", "boolean");
        } else if (erased == int.class || erased == long.class) {
            node.put("type", "integer");
        } else if (erased == double.class) {
            node.put("type", "number");
        } else {
            ScalarType written = ScalarType.of(erased);
            node.put("type", "string");
            if (!written.pattern().isEmpty()) {
                node.put("pattern", written.pattern()).putArray("examples").add(written.example());
            }
        }
        return inline(node);
    }

    /** A section with the keys of all kinds. */
    private static CustomDefinition fault(SchemaGenerationContext context) {
        ObjectNode node = context.getGeneratorConfig().createObjectNode();
        ObjectNode properties = node.put("type", "object").putObject("properties");
        for (RecordComponent component : Keys.components(Fault.class)) {
            ResolvedType type = context.getTypeContext().resolve(component.getGenericType());
            properties.set(Keys.of(component), context.createDefinition(type));
        }
        node.put("additionalProperties", false);
        return inline(node);
    }

    private static CustomDefinition inline(ObjectNode node) {
        return new CustomDefinition(
                node, CustomDefinition.DefinitionType.INLINE, CustomDefinition.AttributeInclusion.YES);
    }

    /** Allows keys that start with {@code x-} in every section. */
    private static void notes(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("properties").isObject()) {
            object.putObject("patternProperties").putObject("^x-");
        }
        node.forEach(ScenarioSchema::notes);
    }

    /** Requires the keys of list items for which the built-in layer has no value. */
    private static void required(ObjectNode schema, Section builtIn) {
        Section items = (Section) java.util.Objects.requireNonNull(builtIn.get("x-items"));
        for (String list : items.entries().keySet()) {
            JsonNode at = schema;
            for (String step : list.split("\\.")) at = at.path("properties").path(step);
            ObjectNode item = (ObjectNode) at.path("items");
            Section defaults = (Section) java.util.Objects.requireNonNull(items.get(list));
            List<String> missing = new java.util.ArrayList<>();
            item.path("properties").fieldNames().forEachRemaining(key -> {
                if (defaults.get(key) == null) missing.add(key);
            });
            ArrayNode required = item.putArray("required");
            missing.forEach(required::add);
        }
    }
}
