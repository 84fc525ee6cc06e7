/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Reaches a table and a data lake that belong to two accounts. */
package io.sluice.pipelines.account;
