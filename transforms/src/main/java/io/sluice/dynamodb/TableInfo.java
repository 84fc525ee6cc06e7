package io.sluice.dynamodb;

import io.sluice.item.KeySchema;
import java.io.Serializable;

/**
 * What DynamoDB says of a table.
 *
 * @param name the table's name
 * @param keySchema its primary key
 */
public record TableInfo(String name, KeySchema keySchema) implements Serializable {}
