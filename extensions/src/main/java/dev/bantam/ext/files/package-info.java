/** What extensions need to look at a workspace. No extension lives here. */
package dev.bantam.ext.files;
