/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Plans of jobs: what verbs share that can say before they run what they will do and cost. */
package io.sluice.pipelines.planning;
