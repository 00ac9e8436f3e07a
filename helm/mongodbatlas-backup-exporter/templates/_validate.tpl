{{/* Values that are sound one by one, and make no sense together. */}}
{{- define "atlas-backup.validate" -}}
{{- $own := include "atlas-backup.ownConfig" . -}}
{{- if and (gt (int .Values.shards) 1) (gt (int .Values.replicas) 1) -}}
{{- fail "shards and replicas: set only one of them above 1" -}}
{{- end -}}
{{- if and .Values.existingConfig.configMap .Values.existingConfig.secret -}}
{{- fail "existingConfig: name a configMap or a secret, not both" -}}
{{- end -}}
{{- if and $own .Values.config -}}
{{- fail "config: has no effect beside existingConfig" -}}
{{- end -}}
{{- if contains "${" (include "atlas-backup.telemetryPath" .) -}}
{{- fail "config.web.telemetry_path: the chart has to know it, so write it without a variable" -}}
{{- end -}}
{{- if and .Values.web.existingConfig.secret (or .Values.web.users .Values.web.config) -}}
{{- fail "web.users and web.config: have no effect beside web.existingConfig.secret" -}}
{{- end -}}
{{- if and .Values.web.tls.clientCertificates.required (not .Values.web.tls.existingSecret) -}}
{{- fail "web.tls.clientCertificates.required: needs web.tls.existingSecret" -}}
{{- end -}}
{{- if and .Values.web.tls.existingSecret (eq (include "atlas-backup.scheme" .) "http") -}}
{{- fail "web.tls.existingSecret: is there, but web.existingConfig.tls is false" -}}
{{- end -}}
{{- $monitored := or .Values.serviceMonitor.enabled .Values.podMonitor.enabled .Values.vmServiceScrape.enabled .Values.podMonitoring.enabled -}}
{{- if and $monitored (include "atlas-backup.wantsPassword" .) (not .Values.scrape.basicAuth.secret) -}}
{{- fail "scrape.basicAuth.secret: is needed, because the exporter wants a password" -}}
{{- end -}}
{{- if and $monitored (include "atlas-backup.wantsCertificate" .) (not .Values.scrape.tls.clientCertificate.secret) -}}
{{- fail "scrape.tls.clientCertificate.secret: is needed, because the exporter wants a client certificate" -}}
{{- end -}}
{{- if .Values.podMonitoring.enabled -}}
{{- if and .Values.scrape.basicAuth.secret (not .Values.scrape.basicAuth.username) -}}
{{- fail "scrape.basicAuth.username: is needed for podMonitoring" -}}
{{- end -}}
{{- if .Values.scrape.tls.ca.configMap -}}
{{- fail "scrape.tls.ca.configMap: podMonitoring takes the authority from a Secret only" -}}
{{- end -}}
{{- end -}}
{{- end }}
