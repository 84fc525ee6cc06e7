/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Answers requests as slowly, as little and as wrongly as it is told to, and keeps the books. */
package io.sluice.localaws.dynamodb.rehearsal;
