/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.format.catalog.ColumnType.Field;
import io.sluice.format.catalog.Dialects;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.TableInput;

/** Builds views in the form in which Athena keeps its own in Glue. */
public final class GlueViews {
  /** The parameter of a Glue table that names the DynamoDB table for which it was made. */
  public static final String OWNER = "sluice.table";

  private static final ObjectMapper JSON = new ObjectMapper();

  private GlueViews() {}

  /**
   * Builds a view.
   *
   * @param database the database of Glue in which it will be
   * @param name of the view
   * @param description for people
   * @param dynamoDbTable for which it is made
   * @param sql its query, in Athena's SQL
   * @param columns those of the query
   */
  public static TableInput view(
      String database,
      String name,
      String description,
      String dynamoDbTable,
      String sql,
      List<Field> columns) {
    return TableInput.builder()
        .name(name)
        .description(description)
        .tableType("VIRTUAL_VIEW")
        .parameters(Map.of("presto_view", "true", "comment", "Presto View", OWNER, dynamoDbTable))
        .storageDescriptor(
            StorageDescriptor.builder()
                .columns(columns.stream().map(GlueViews::column).toList())
                .location("")
                .serdeInfo(SerDeInfo.builder().build())
                .build())
        .viewOriginalText(
            "/* Presto View: "
                + Base64.getEncoder()
                    .encodeToString(json(database, sql, columns).toString().getBytes(UTF_8))
                + " */")
        .viewExpandedText("/* Presto View */")
        .build();
  }

  private static Column column(Field field) {
    return Column.builder().name(field.name()).type(field.type().in(Dialects.GLUE)).build();
  }

  private static ObjectNode json(String database, String sql, List<Field> fields) {
    ObjectNode view = JSON.createObjectNode();
    view.put("originalSql", sql);
    view.put("catalog", "awsdatacatalog");
    view.put("schema", database);
    ArrayNode columns = view.putArray("columns");
    for (Field field : fields) {
      columns.addObject().put("name", field.name()).put("type", field.type().in(Dialects.PRESTO));
    }
    view.put("owner", "hadoop");
    view.put("runAsInvoker", false);
    return view;
  }
}
