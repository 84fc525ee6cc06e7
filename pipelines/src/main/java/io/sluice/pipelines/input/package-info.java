/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/**
 * The options for reading, the list of input files, and the steps that an import and a verification
 * share.
 */
package io.sluice.pipelines.input;
