/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Backups of AWS Data Pipeline and EMR, with their manifests. */
package io.sluice.format.datapipeline;
