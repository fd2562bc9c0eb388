/** What the home knows of cartridges and of what lies on them. */
package org.hikae.tape.store.registry;
