/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Gives out the keys of the other servers for roles, as STS does. */
package io.sluice.localaws.sts;
