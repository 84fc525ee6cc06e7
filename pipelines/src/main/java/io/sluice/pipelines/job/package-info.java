/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Runs a pipeline on any runner, watches it, and provides access to AWS. */
package io.sluice.pipelines.job;
