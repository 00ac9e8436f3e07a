{{- define "atlas-backup.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 52 | trimSuffix "-" -}}
{{- end }}

{{/* At most 52 characters: a StatefulSet and Services put more behind it, up to 63. */}}
{{- define "atlas-backup.fullname" -}}
{{- $name := .Values.nameOverride | default .Chart.Name -}}
{{- $default := ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) -}}
{{- .Values.fullnameOverride | default $default | trunc 52 | trimSuffix "-" -}}
{{- end }}

{{/* What everything of this release is selected by, with the component. */}}
{{- define "atlas-backup.selector" -}}
app.kubernetes.io/name: {{ include "atlas-backup.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "atlas-backup.exporterSelector" -}}
{{ include "atlas-backup.selector" . }}
app.kubernetes.io/component: exporter
{{- end }}

{{/*
The metadata of an object. Takes root, and what differs of name, namespace, component, labels and
annotations. Labels that others select by win over those of the user.
*/}}
{{- define "atlas-backup.metadata" -}}
{{- $own := include "atlas-backup.selector" .root | fromYaml -}}
{{- $_ := set $own "app.kubernetes.io/component" (.component | default "exporter") -}}
{{- $_ := set $own "app.kubernetes.io/version" .root.Chart.AppVersion -}}
{{- $_ := set $own "app.kubernetes.io/managed-by" .root.Release.Service -}}
{{- $_ := set $own "helm.sh/chart" (printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_") -}}
name: {{ .name | default (include "atlas-backup.fullname" .root) }}
namespace: {{ .namespace | default .root.Release.Namespace }}
labels:
  {{- mergeOverwrite dict .root.Values.commonLabels (.labels | default dict) $own | toYaml | nindent 2 }}
{{- with mergeOverwrite dict .root.Values.commonAnnotations (.annotations | default dict) }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "atlas-backup.serviceAccountName" -}}
{{- $default := ternary (include "atlas-backup.fullname" .) "default" .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default $default -}}
{{- end }}

{{- define "atlas-backup.image" -}}
{{- $image := printf "%s/%s" .Values.image.registry .Values.image.repository | trimPrefix "/" -}}
{{- if .Values.image.digest -}}
{{ $image }}@{{ .Values.image.digest }}
{{- else -}}
{{ $image }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}
{{- end }}
