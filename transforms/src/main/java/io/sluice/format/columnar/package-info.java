/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/**
 * What Avro and Parquet share: values as columns hold them, and the schema that says what an
 * exported item was.
 */
package io.sluice.format.columnar;
