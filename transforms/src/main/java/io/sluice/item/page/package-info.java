/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Pages of items, as a scan reads them, and the proof that none of them is missing. */
package io.sluice.item.page;
