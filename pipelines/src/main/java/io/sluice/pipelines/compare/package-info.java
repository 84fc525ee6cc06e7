/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** The steps that compare an input with a table, for the verbs that change what differs. */
package io.sluice.pipelines.compare;
