from django.http import Http404


def serve(request, path):
    raise Http404


short = topic = person = serve
