/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** What items come to before they are written: the dry run. */
package io.sluice.survey;
