{{/* A selector of a Secret's key, as all operators write it. */}}
{{- define "atlas-backup.key" -}}
name: {{ .name }}
key: {{ .key }}
{{- end }}

{{/* Where the authority of the exporter's certificate is: `secret` or `configMap` with name and key. */}}
{{- define "atlas-backup.authority" -}}
{{- $ca := .Values.scrape.tls.ca -}}
{{- $secret := $ca.secret | default (ternary "" .Values.web.tls.existingSecret (not (empty $ca.configMap))) -}}
{{- if .Values.scrape.tls.systemAuthorities -}}
{{- else if $secret -}}
secret:
  {{- include "atlas-backup.key" (dict "name" $secret "key" $ca.key) | nindent 2 }}
{{- else if $ca.configMap -}}
configMap:
  {{- include "atlas-backup.key" (dict "name" $ca.configMap "key" $ca.key) | nindent 2 }}
{{- end -}}
{{- end }}

{{- define "atlas-backup.serverName" -}}
{{- .Values.scrape.tls.serverName | default (printf "%s.%s.svc" (include "atlas-backup.fullname" .) .Release.Namespace) -}}
{{- end }}

{{/*
The endpoint of ServiceMonitor, PodMonitor and VMServiceScrape. Takes root, monitor, and the names of
the fields that hold relabelings.
*/}}
{{- define "atlas-backup.endpoint" -}}
{{- $scrape := .root.Values.scrape -}}
{{- $scheme := include "atlas-backup.scheme" .root -}}
{{- $endpoint := dict "port" "metrics" "path" (include "atlas-backup.telemetryPath" .root) "scheme" $scheme "honorLabels" $scrape.honorLabels -}}
{{- with $scrape.interval -}}{{- $_ := set $endpoint "interval" . -}}{{- end -}}
{{- with $scrape.timeout -}}{{- $_ := set $endpoint "scrapeTimeout" . -}}{{- end -}}
{{- if eq $scheme "https" -}}
{{- $_ := set $endpoint "tlsConfig" (include "atlas-backup.tlsConfig" .root | fromYaml) -}}
{{- end -}}
{{- with $scrape.basicAuth -}}
{{- if .secret -}}
{{- $user := dict "name" .secret "key" .usernameKey -}}
{{- $password := dict "name" .secret "key" .passwordKey -}}
{{- $_ := set $endpoint "basicAuth" (dict "username" $user "password" $password) -}}
{{- end -}}
{{- end -}}
{{- $job := dict "action" "replace" "targetLabel" "job" "replacement" $scrape.job -}}
{{- $_ := set $endpoint .relabelings (prepend .monitor.relabelings $job) -}}
{{- with .monitor.metricRelabelings -}}{{- $_ := set $endpoint $.metricRelabelings . -}}{{- end -}}
{{- mergeOverwrite $endpoint .monitor.endpoint | toYaml -}}
{{- end }}

{{- define "atlas-backup.tlsConfig" -}}
{{- $tls := .Values.scrape.tls -}}
serverName: {{ include "atlas-backup.serverName" . }}
insecureSkipVerify: {{ $tls.insecureSkipVerify }}
{{- with include "atlas-backup.authority" . }}
ca:
  {{- . | nindent 2 }}
{{- end }}
{{- with $tls.clientCertificate }}
{{- if .secret }}
cert:
  secret:
    {{- include "atlas-backup.key" (dict "name" .secret "key" .certKey) | nindent 4 }}
keySecret:
  {{- include "atlas-backup.key" (dict "name" .secret "key" .keyKey) | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}

{{/* A monitor. Takes root, monitor, kind, the field of its endpoints, and those of relabelings. */}}
{{- define "atlas-backup.monitor" -}}
kind: {{ .kind }}
metadata:
  {{- include "atlas-backup.metadata" (dict "root" .root "component" "monitor" "namespace" .monitor.namespace "labels" .monitor.labels "annotations" .monitor.annotations) | nindent 2 }}
spec:
  selector:
    matchLabels:
      {{- include "atlas-backup.exporterSelector" .root | nindent 6 }}
  namespaceSelector:
    matchNames:
      - {{ .root.Release.Namespace }}
  {{ .endpoints }}:
    - {{ include "atlas-backup.endpoint" . | nindent 6 | trim }}
  {{- with .monitor.spec }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
