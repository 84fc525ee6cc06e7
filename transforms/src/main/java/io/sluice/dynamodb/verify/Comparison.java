/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.verify;

import java.io.Serializable;

/** How items were compared with a table, and what was found. */
public record Comparison(CompareChoice choice, CompareCounts counts) implements Serializable {}
