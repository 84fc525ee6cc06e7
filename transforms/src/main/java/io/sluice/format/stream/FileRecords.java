/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.stream;

/**
 * An opened file: its records as bytes, and the parser of a single record.
 *
 * @param splitter stands before the first record
 * @param parser may hold what the head of this file says
 */
public record FileRecords(RecordSplitter splitter, RecordParser parser) {}
