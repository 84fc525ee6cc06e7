/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/**
 * The common part of Avro and Parquet: values as columns hold them, and the schema from which an
 * exported item is restored.
 */
package io.sluice.format.columnar;
