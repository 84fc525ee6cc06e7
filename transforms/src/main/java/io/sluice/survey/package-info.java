/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Adds up sizes, units and hot keys of items before they are written: the dry run. */
package io.sluice.survey;
