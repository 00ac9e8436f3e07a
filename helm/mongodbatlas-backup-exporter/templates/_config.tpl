{{- define "atlas-backup.folder" -}}
/etc/mongodbatlas-backup-exporter
{{- end }}

{{/* Not empty when the configuration is an object of the user. */}}
{{- define "atlas-backup.ownConfig" -}}
{{- or .Values.existingConfig.configMap .Values.existingConfig.secret -}}
{{- end }}

{{/* The Secret with the credentials; empty when the configuration brings its own. */}}
{{- define "atlas-backup.credentials" -}}
{{- $own := or (include "atlas-backup.ownConfig" .) .Values.config.accounts -}}
{{- .Values.credentials.existingSecret | default (ternary "" (printf "%s-credentials" (include "atlas-backup.fullname" .)) (not (empty $own))) -}}
{{- end }}

{{- define "atlas-backup.credentialKeys" -}}
{{- ternary "public_key private_key" "client_id client_secret" (eq .Values.credentials.kind "api_key") -}}
{{- end }}

{{/* config.yaml */}}
{{- define "atlas-backup.config" -}}
{{- $config := deepCopy .Values.config -}}
{{- if not $config.accounts -}}
{{- $files := dict -}}
{{- range splitList " " (include "atlas-backup.credentialKeys" .) -}}
{{- $_ := set $files (printf "%s_file" .) (printf "%s/credentials/%s" (include "atlas-backup.folder" $) .) -}}
{{- end -}}
{{- $_ := set $config "accounts" (list (dict "auth" (dict .Values.credentials.kind $files))) -}}
{{- end -}}
{{- toYaml $config -}}
{{- end }}

{{/* The port that the exporter listens on. */}}
{{- define "atlas-backup.port" -}}
{{- if include "atlas-backup.ownConfig" . -}}
{{- .Values.existingConfig.port -}}
{{- else -}}
{{- $address := dig "web" "listen_address" "0.0.0.0:10071" .Values.config -}}
{{- regexFind "[1-9][0-9]*$" $address | required "config.web.listen_address: the chart has to know the port, so write it as a number" -}}
{{- end -}}
{{- end }}

{{- define "atlas-backup.telemetryPath" -}}
{{- if include "atlas-backup.ownConfig" . -}}
{{- .Values.existingConfig.telemetryPath -}}
{{- else -}}
{{- dig "web" "telemetry_path" "/metrics" .Values.config -}}
{{- end -}}
{{- end }}

{{/*
What a running exporter cannot take over. With reload off, that is the whole configuration. Less
asked of clients counts, too: see docs/web-config.md.
*/}}
{{- define "atlas-backup.restartChecksum" -}}
{{- $web := include "atlas-backup.webConfig" . | fromYaml -}}
{{- $tls := $web.tls_server_config | default dict -}}
{{- $facts := list
  (dig "web" "listen_address" "" .Values.config)
  (include "atlas-backup.telemetryPath" .)
  (include "atlas-backup.scheme" .)
  (empty $web.basic_auth_users)
  ($tls.client_auth_type | default "")
  (empty $tls.client_allowed_sans)
-}}
{{- if not .Values.reload.enabled -}}
{{- $facts = append $facts (include "atlas-backup.config" .) -}}
{{- end -}}
{{- $facts | toJson | sha256sum -}}
{{- end }}
