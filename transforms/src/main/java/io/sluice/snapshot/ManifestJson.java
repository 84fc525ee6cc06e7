/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.sluice.format.registry.FileFormat;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.schema.TableSchema;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The members of a manifest's JSON, in their order, followed by how the files were compared. */
@JsonIgnoreProperties(ManifestJson.COMPARED)
public record ManifestJson(
    int formatVersion,
    String run,
    String table,
    List<KeyJson> keySchema,
    String snapshotTimestamp,
    FileFormat format,
    long items,
    long evaluated,
    long bytes,
    String scanStart,
    String scanEnd,
    Manifest.Clock scanClock,
    double readUnits,
    TreeMap<String, String> options,
    List<Manifest.File> files,
    JsonNode schema,
    JsonNode tableDefinition) {

  /** The version of the format that this code writes. */
  static final int VERSION = 1;

  /** The member that states how the published files were compared with those written. */
  static final String COMPARED = "filesComparedBy";

  /** The members that manifests of earlier versions lack. */
  private static final String CLOCK = "scanClock";

  private static final String DEFINITION = "tableDefinition";

  private static final ObjectMapper JSON = mapper();

  private static ObjectMapper mapper() {
    JsonMapper strict =
        JsonMapper.builder()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    strict
        .coercionConfigFor(LogicalType.Textual)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    return strict;
  }

  public static String write(Manifest manifest) {
    try {
      ManifestJson json =
          new ManifestJson(
              VERSION,
              manifest.run(),
              manifest.table(),
              manifest.keySchema().attributes().stream()
                  .map(key -> new KeyJson(key.name(), key.type()))
                  .toList(),
              manifest.time().toString(),
              manifest.format(),
              manifest.items(),
              manifest.evaluated(),
              manifest.bytes(),
              manifest.scan().start().toString(),
              manifest.scan().end().toString(),
              manifest.scan().clock(),
              manifest.readUnits(),
              new TreeMap<>(manifest.options()),
              manifest.files(),
              JSON.readTree(manifest.schemaJson()),
              TableDefinitionJson.write(manifest.definition()));
      ObjectNode members = JSON.valueToTree(json);
      if (manifest.definition() == null) {
        members.remove(DEFINITION);
      }
      // An MD5 is what the writer computed: publishing does not read files back.
      members.putArray(COMPARED).add("name").add("bytes");
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(members) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the schema is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  public static Manifest read(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      JsonNode version = json.path("formatVersion");
      if (!version.isInt() || version.intValue() != VERSION) {
        throw new IllegalArgumentException(
            "formatVersion is %s, must be %d".formatted(version, VERSION));
      }
      if (!json.has(CLOCK)) {
        ((ObjectNode) json).put(CLOCK, Manifest.Clock.WORKER.name());
      }
      if (!json.has(DEFINITION)) {
        ((ObjectNode) json).putNull(DEFINITION);
      }
      return JSON.treeToValue(json, ManifestJson.class).toManifest();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no manifest: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException("no manifest: " + e.getMessage(), e);
    }
  }

  private Manifest toManifest() {
    if (keySchema.isEmpty()
        || keySchema.size() > 2
        || keySchema.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("keySchema has " + keySchema.size() + " attributes");
    }
    List<KeyAttribute> key =
        keySchema.stream().map(k -> new KeyAttribute(k.name(), k.type())).toList();
    if (files.stream().anyMatch(Objects::isNull)
        || options.values().stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("files and options must not have null");
    }
    Manifest manifest =
        new Manifest(
            run,
            table,
            new KeySchema(key.get(0), key.size() == 1 ? null : key.get(1)),
            SnapshotTime.parse(snapshotTimestamp),
            format,
            evaluated,
            readUnits,
            new Manifest.Scan(Instant.parse(scanStart), Instant.parse(scanEnd), scanClock),
            Map.copyOf(options),
            files,
            TableSchema.parse(schema.toString()).toJson(),
            TableDefinitionJson.read(tableDefinition));
    if (manifest.items() != items || manifest.bytes() != bytes) {
      throw new IllegalArgumentException(
          "items %d and bytes %d must be the sums of the files', %d and %d"
              .formatted(items, bytes, manifest.items(), manifest.bytes()));
    }
    return manifest;
  }
}
