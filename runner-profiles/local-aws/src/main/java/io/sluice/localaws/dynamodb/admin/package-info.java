/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Lets programs read the books and change what a rehearsal plays, over HTTP. */
package io.sluice.localaws.dynamodb.admin;
