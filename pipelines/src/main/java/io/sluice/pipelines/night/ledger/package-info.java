/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** The ledger of a night: its runs with what they have done, and the lease of the run at work. */
package io.sluice.pipelines.night.ledger;
