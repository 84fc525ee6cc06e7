/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.stream;

/**
 * An opened file: a splitter that finds its records, and a parser for single records.
 *
 * @param splitter positioned before the first record
 * @param parser may depend on the beginning of this file
 */
public record FileRecords(RecordSplitter splitter, RecordParser parser) {}
