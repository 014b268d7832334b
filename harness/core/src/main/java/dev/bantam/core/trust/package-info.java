/** Whether a project's own settings may take effect. */
package dev.bantam.core.trust;
