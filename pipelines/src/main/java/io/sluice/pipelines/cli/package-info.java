/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** The command line: verbs, options, help, the console, messages and exit codes. */
package io.sluice.pipelines.cli;
