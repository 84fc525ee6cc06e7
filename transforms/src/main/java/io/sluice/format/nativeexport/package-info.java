/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Exports of DynamoDB to S3: their manifests, which files those list, and how ours are written. */
package io.sluice.format.nativeexport;
