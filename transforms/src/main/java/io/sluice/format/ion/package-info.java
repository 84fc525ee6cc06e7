/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Amazon Ion text, as in DynamoDB's native exports. */
package io.sluice.format.ion;
