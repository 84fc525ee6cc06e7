/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import java.io.Serializable;

/**
 * A column of what is read.
 *
 * @param name its name, which is that of the attribute
 * @param type the name of its type in the database
 * @param sqlType its type as one of {@link java.sql.Types}
 * @param precision its precision, as its database reports it
 */
record RowColumn(String name, String type, int sqlType, int precision) implements Serializable {}
